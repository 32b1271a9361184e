import { quoteIdentifier } from '../../data/identifier.js';
import type { Column } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';
import { pngResult, svgResult } from '../../plots/described.js';
import { checkSize } from '../../plots/plot.parameters.js';
import { defineAnalysis, type DatasetReader } from '../analysis.js';
import { textResult } from '../results.js';
import { checkSpec, usedColumns } from './check-spec.js';
import { renderSpec } from './spec-renderer.js';
import { VegaLiteParameters } from './vega-lite.parameters.js';

/** Vega makes an object of each row and a mark of many: more than these belong into one of the other plots. */
const MOST_ROWS = 50_000;

/** A picture that the user specifies. */
export default defineAnalysis({
  name: 'vega-lite',
  title: 'Vega-Lite',
  description:
    'Draws a Vega-Lite specification over the rows of the dataset, at most 50,000 of them. It runs apart from everything else, with limits on time and memory, and can read no file and no address.',
  params: VegaLiteParameters,
  example: {
    spec: {
      mark: 'bar',
      encoding: {
        x: { field: 'recclass', type: 'nominal', sort: '-y' },
        y: { aggregate: 'count' },
      },
    },
  },

  complete(params, schema) {
    checkSize(params);
    checkSpec(params.spec, schema);
    return params;
  },

  async query({ spec }, dataset) {
    await checkRows(dataset);
    const used = usedColumns(spec, dataset.about.schema);
    const list = used.map((name) => value(dataset.column(name)));
    return JSON.stringify(
      await dataset.rows(`SELECT ${list.length === 0 ? '1 AS "_"' : list.join(', ')} FROM data`),
    );
  },

  async compute(params, rows, task) {
    const { spec, title, subtitle, theme, width, height, scale } = params;
    const drawn = await renderSpec({
      spec,
      rows,
      theme,
      width,
      height,
      scale,
      ...(title === undefined ? {} : { title }),
      ...(subtitle === undefined ? {} : { subtitle }),
    });
    for (const warning of drawn.warnings) task.log(`Vega-Lite: ${warning}`);
    task.progress(1);
    const words = drawn.description;
    return {
      'plot.png': pngResult(drawn.png, words),
      'plot.svg': svgResult(drawn.svg, title ?? words, words),
      'spec.json': textResult('application/json', drawn.spec),
      'data.json': textResult('application/json', rows),
    };
  },
});

async function checkRows(dataset: DatasetReader): Promise<void> {
  const [row] = await dataset.rows<{ n: number }>('SELECT count(*)::DOUBLE AS n FROM data');
  const n = row?.n ?? 0;
  if (n <= MOST_ROWS) return;
  throw new Problem(
    'too-many-rows',
    `the selection has ${String(n)} rows; a specification draws at most ${String(MOST_ROWS)}. Narrow the filter, or use one of the other plots, which take any number`,
  );
}

/** Values as Vega reads them: times as texts that it parses, every number as a number. */
function value({ name, type }: Column): string {
  const column = quoteIdentifier(name);
  if (type === 'date') return `${column}::VARCHAR AS ${column}`;
  if (type === 'int64') return `${column}::DOUBLE AS ${column}`;
  if (type === 'timestamp') return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ') AS ${column}`;
  return column;
}
