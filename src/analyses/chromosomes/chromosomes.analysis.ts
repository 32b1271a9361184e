import { Problem } from '../../errors/problem.js';
import { ColumnField } from '../../parameters/fields.js';
import { readRange } from '../../plots/axis-ends.js';
import { count, some } from '../../plots/counts.js';
import { checkSize, PlotParameters } from '../../plots/plot.parameters.js';
import { axisRequest, lookOf } from '../../plots/requests.js';
import { definePlot } from '../plot-analysis.js';
import { tableResults } from '../results.js';
import { chromosomeSql, CHROMOSOMES } from './chromosome-sql.js';

class ChromosomesParameters extends PlotParameters {
  @ColumnField({
    description: 'Column of cytogenetic places such as 19q13.43; location by default.',
    kinds: ['text'],
    optional: true,
  })
  column?: string;
}

interface Counted {
  readonly chromosome: string;
  readonly rows: number;
}

interface ChromosomesData {
  readonly counts: readonly Counted[];
  readonly elsewhere: number;
}

/** How many rows, such as genes, lie on each human chromosome. */
export default definePlot<ChromosomesParameters, ChromosomesData>({
  name: 'chromosomes',
  title: 'Rows by chromosome',
  description:
    'Counts the rows on each human chromosome by a column of cytogenetic places, and draws them from 1 to 22, X, Y and MT. A place on two chromosomes counts for the first. The table has the counts.',
  params: ChromosomesParameters,
  example: { column: 'recclass' },

  complete(params) {
    checkSize(params);
    const { xScale, xMin, xMax, yScale = 'linear' } = params;
    for (const [name, given] of Object.entries({ xScale, xMin, xMax })) {
      if (given === undefined) continue;
      const message = 'the chromosomes have no scale; use a filter';
      throw Problem.field('invalid-parameter', `params.${name}`, message);
    }
    if (yScale === 'time') {
      throw Problem.field('invalid-parameter', 'params.yScale', 'must be linear or log');
    }
    readRange('y', params, yScale);
    return Object.assign(params, { column: params.column ?? 'location' });
  },

  async query({ column = '' }, dataset) {
    const rows = await dataset.rows<{ chromosome: string | null; rows: number }>(
      `SELECT ${chromosomeSql(dataset.column(column).name)} AS chromosome, count(*)::DOUBLE AS rows FROM data GROUP BY 1`,
    );
    const found = new Map(rows.map((row) => [row.chromosome, row.rows]));
    return {
      counts: CHROMOSOMES.map((chromosome) => ({ chromosome, rows: found.get(chromosome) ?? 0 })),
      elsewhere: found.get(null) ?? 0,
    };
  },

  picture(params, { counts, elsewhere }, about) {
    const total = counts.reduce((sum, { rows }) => sum + rows, elsewhere);
    return {
      kind: 'bar',
      look: lookOf(params, about, 'rows by chromosome'),
      groups: {
        label: params.xLabel ?? 'chromosome',
        names: CHROMOSOMES,
        distinct: CHROMOSOMES.length,
      },
      value: axisRequest('y', params, { name: 'rows', type: 'number', nulls: 0 }),
      stacked: true,
      bars: counts.map(({ rows }, group) => ({ group, color: 0, rows, value: rows })),
      notes: [
        `${count(total)} row${total === 1 ? '' : 's'}`,
        ...some(elsewhere, 'without a chromosome'),
      ],
    };
  },

  tables: ({ counts, elsewhere }) => {
    const all = [...counts, { chromosome: null, rows: elsewhere }].filter(({ rows }) => rows > 0);
    return tableResults(
      ['chromosome', 'rows'],
      all.map((one) => ({ ...one })),
    );
  },
});
