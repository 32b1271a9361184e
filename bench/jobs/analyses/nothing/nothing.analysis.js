const dist = new URL('../../../../dist/', import.meta.url);
const load = (path) => import(new URL(path, dist).href);
const [{ defineAnalysis }, { jsonResult }] = await Promise.all([
  load('analyses/analysis.js'),
  load('analyses/results.js'),
]);

class NoParameters {}

/** An analysis that does nothing: its dataset is opened, its thread is asked, its result is kept. */
export default defineAnalysis({
  name: 'nothing',
  title: 'Nothing',
  description: 'Does nothing.',
  params: NoParameters,
  example: {},
  query: async () => ({}),
  // Made anew: the thread hands its memory over.
  compute: () => ({ 'value.json': jsonResult({ done: true }) }),
});
