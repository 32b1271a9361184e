import { Problem } from '../../errors/problem.js';
import { ColumnsField } from '../../parameters/fields.js';
import { defineAnalysis } from '../analysis.js';
import { tableResults, type TableRow } from '../results.js';
import { columnFigures, figureNames } from './figures.js';

class DescribeParams {
  @ColumnsField({
    description: 'Columns to describe; all of them where it is left out.',
    example: ['mass (g)', 'year'],
    optional: true,
    max: 1000,
  })
  columns?: string[];
}

export default defineAnalysis({
  name: 'describe',
  title: 'Describe',
  description:
    'One row a column: type, count, missing and distinct values, least and greatest; mean, standard deviation and quartiles of numbers; the most frequent value.',
  params: DescribeParams,
  example: { columns: ['mass (g)', 'year'] },

  async query({ columns }, dataset) {
    const names = columns ?? dataset.about.schema.columns.map(({ name }) => name);
    const rows: TableRow[] = [];
    for (const name of names) {
      const column = dataset.column(name);
      const [figures] = await dataset.rows<TableRow>(columnFigures(column));
      rows.push({ ...figures, column: name, type: column.type });
    }
    return rows;
  },

  compute(_params, rows, task) {
    if (rows.every(({ count, missing }) => Number(count) + Number(missing) === 0)) {
      throw new Problem('empty-dataset', 'there are no rows to describe');
    }
    task.progress(1);
    return tableResults(figureNames, rows);
  },
});
