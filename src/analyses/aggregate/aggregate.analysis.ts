import { namesOf, parseAggregate } from '../../data/query/aggregate/parse.js';
import { defineAnalysis } from '../analysis.js';
import { tableResults, type TableRow } from '../results.js';
import { AggregateAnalysisParameters } from './aggregate.parameters.js';

/** Figures of groups: what the route answers in pages, as one table of up to 100,000 rows. */
export default defineAnalysis<AggregateAnalysisParameters, TableRow[]>({
  name: 'aggregate',
  title: 'Aggregate',
  description:
    'Counts, sums, means, quantiles and more of groups by columns and by time: the whole table of GET /datasets/{name}/aggregate, up to 100,000 rows.',
  params: AggregateAnalysisParameters,
  example: { group: 'recclass', agg: 'count,mean(mass (g))', sort: '-count' },

  complete(params, schema) {
    parseAggregate(schema, params, 'params.');
    return params;
  },

  query: (params, dataset) => dataset.aggregate<TableRow>(params),

  compute(params, rows, task) {
    task.progress(1);
    return tableResults(namesOf(parseAggregate(task.dataset.schema, params, 'params.')), rows);
  },
});
