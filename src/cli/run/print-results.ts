import type { DatasetReader, Results } from '../../analyses/analysis.js';
import { quoteIdentifier } from '../../data/identifier.js';
import { outputExpression } from '../../data/query/output.js';
import type { Column } from '../../data/schema.js';
import { print } from '../print.js';
import { textTable } from '../text-table.js';
import { UsageFault } from '../usage-fault.js';

type Row = Readonly<Record<string, string | number | boolean | null>>;

const FIRST_ROWS = 5;

/**
 * Prints what an analysis found: its values and its table. `describe` is printed as the course's program does:
 * the first rows, then the greatest value of each column.
 * @throws UsageFault where there are only pictures
 */
export async function printResults(
  analysis: string,
  results: Results,
  reader: DatasetReader,
  json: boolean,
): Promise<void> {
  const values = valuesOf(results);
  if (analysis === 'describe') {
    const { columns } = reader.about.schema;
    const first = await firstRows(reader, columns);
    const table = values['table.json'] as Row[];
    const maxima = table.map(({ column, max }) => ({ column: column ?? '', max: max ?? null }));
    if (json) print(JSON.stringify({ first, maxima, table }));
    else {
      const names = columns.map(({ name }) => name);
      print(textTable(names, first));
      print(maxima.map(({ column, max }) => `${String(column)} ${shown(max)}`).join('\n'));
    }
    return;
  }
  if (json) print(JSON.stringify(values));
  else for (const text of Object.values(values).map(textOf)) print(text);
}

const firstRows = (reader: DatasetReader, columns: readonly Column[]): Promise<Row[]> =>
  reader.rows<Row>(
    `SELECT ${columns.map((column) => `${outputExpression(column)} AS ${quoteIdentifier(column.name)}`).join(', ')}
     FROM data LIMIT ${String(FIRST_ROWS)}`,
  );

/** The results that are JSON, by name; pictures want a file. */
function valuesOf(results: Results): Record<string, unknown> {
  const names = Object.keys(results);
  const printable = names.filter((name) => name === 'table.json' || name === 'value.json');
  if (printable.length > 0) {
    const decoder = new TextDecoder();
    return Object.fromEntries(
      printable.map((name) => [name, JSON.parse(decoder.decode(results[name]?.bytes))]),
    );
  }
  throw new UsageFault(
    `the results are ${names.join(', ')}: name one as a file, --out ${names[0] ?? ''}`,
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) {
    const rows = value as Row[];
    return textTable(Object.keys(rows[0] ?? {}), rows).trimEnd();
  }
  return Object.entries(value as Record<string, unknown>)
    .map(([name, one]) => `${name}: ${typeof one === 'string' ? one : JSON.stringify(one)}`)
    .join('\n');
}

const shown = (value: string | number | boolean | null): string =>
  value === null ? '' : String(value);
