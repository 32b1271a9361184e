// A test-only analysis: it stands in the build as dist/analyses/spin/, from where its imports are read.
import { existsSync, readlinkSync } from 'node:fs';

import { IntegerField } from '../../parameters/fields.js';
import { defineAnalysis } from '../analysis.js';
import { jsonResult } from '../results.js';

/** Process and thread as Linux numbers them, such as `12/task/15`; it has a name for the one that asks. */
const THREAD = '/proc/thread-self';

class SpinParams {}
IntegerField({ description: 'Milliseconds of pure computing.', default: 100, min: 0 })(
  SpinParams.prototype,
  'ms',
);
export default defineAnalysis({
  name: 'spin',
  title: 'Spin',
  description: 'Keeps a processor busy, without a pause, for a time.',
  params: SpinParams,
  example: { ms: 10 },
  query: () => Promise.resolve({ values: new Float64Array(1000) }),
  compute({ ms }, { values, beat }, task) {
    task.log(`spins in ${existsSync(THREAD) ? readlinkSync(THREAD) : 'a thread'}`);
    const begin = performance.now();
    let told = 0;
    for (;;) {
      const done = (performance.now() - begin) / ms;
      if (done >= 1 || ms === 0) break;
      if (beat) Atomics.add(beat, 0, 1);
      if (done - told > 0.05) task.progress((told = done));
    }
    task.log('spun');
    return { 'value.json': jsonResult({ ms, rows: values.length, once: Math.random() }) };
  },
});
