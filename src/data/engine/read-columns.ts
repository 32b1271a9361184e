import type { DuckDBPreparedStatement } from '@duckdb/node-api';

import type { SqlValue } from '../../analyses/analysis.js';
import type { ColumnData, Columns } from '../columns.js';
import { DuckDBTypeId } from '../duckdb.js';
import { quoteIdentifier } from '../identifier.js';
import type { Session } from './session.js';

/**
 * Reads a query into typed arrays. Numbers and times become float64 inside DuckDB, with NaN for null;
 * text becomes codes into the list of distinct values.
 */
export async function readColumns(
  session: Session,
  sql: string,
  values: readonly SqlValue[],
): Promise<Columns> {
  const described = await session.connection.prepare(sql);
  const shapes = shapesOf(described);
  described.destroySync();
  const select = shapes.map(({ expression }) => expression).join(', ');
  const result = await session.stream(`SELECT ${select} FROM (${sql}) AS q`, values);
  const builders = shapes.map(({ kind }) => (kind === 'text' ? new Texts() : new Numbers()));
  await session.guard(async () => {
    for await (const chunk of result) {
      builders.forEach((builder, column) => {
        const vector = chunk.getColumnVector(column);
        builder.take(chunk.rowCount, (row) => vector.getItem(row));
      });
    }
  });
  return Object.fromEntries(
    shapes.map(({ name, kind }, index) => [name, built(kind, builders[index])]),
  );
}

interface Shape {
  readonly name: string;
  readonly kind: ColumnData['kind'];
  readonly expression: string;
}

const TIMES = [
  DuckDBTypeId.DATE,
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_TZ,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_NS,
];
const TEXTS = [DuckDBTypeId.VARCHAR, DuckDBTypeId.BOOLEAN, DuckDBTypeId.ENUM];

function shapesOf(statement: DuckDBPreparedStatement): Shape[] {
  return Array.from({ length: statement.columnCount }, (_, index) => {
    const name = statement.columnName(index);
    const column = `q.${quoteIdentifier(name)}`;
    const type = statement.columnTypeId(index);
    if (TEXTS.includes(type)) return { name, kind: 'text', expression: `${column}::VARCHAR` };
    const time = TIMES.includes(type);
    const number = time ? `epoch_us(${column}::TIMESTAMP) / 1000` : column;
    const expression = `coalesce(TRY_CAST(${number} AS DOUBLE), 'nan'::DOUBLE)`;
    return { name, kind: time ? 'time' : 'number', expression };
  });
}

type Item = (row: number) => unknown;

class Numbers {
  private values = new Float64Array(4096);
  private length = 0;

  take(rows: number, item: Item): void {
    while (this.length + rows > this.values.length) {
      const larger = new Float64Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    for (let row = 0; row < rows; row++) this.values[this.length++] = item(row) as number;
  }

  array(): Float64Array<ArrayBuffer> {
    return this.values.slice(0, this.length);
  }
}

class Texts {
  private readonly codes = new Map<string, number>();
  private readonly numbers = new Numbers();

  take(rows: number, item: Item): void {
    this.numbers.take(rows, (row) => {
      const text = item(row) as string | null;
      if (text === null) return -1;
      const known = this.codes.get(text);
      if (known !== undefined) return known;
      this.codes.set(text, this.codes.size);
      return this.codes.size - 1;
    });
  }

  column(): ColumnData {
    return {
      kind: 'text',
      codes: Int32Array.from(this.numbers.array()),
      dictionary: [...this.codes.keys()],
    };
  }
}

function built(kind: ColumnData['kind'], builder: Numbers | Texts | undefined): ColumnData {
  if (builder instanceof Texts) return builder.column();
  const values = builder?.array() ?? new Float64Array(0);
  return { kind: kind === 'time' ? 'time' : 'number', values };
}
