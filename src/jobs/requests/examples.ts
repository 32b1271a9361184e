/** Bodies of POST /jobs, for the documentation. */
export const requestExamples = {
  'an analysis': {
    value: {
      analysis: 'value-counts',
      dataset: 'meteorites',
      params: { column: 'recclass', top: 10 },
      filter: { start: 1990 },
    },
  },
  'the default plot': { value: { start: '2001', end: '2021' } },
};
