import { it } from '@jest/globals';

import { expectMeasured, tryBench } from './bench-run.js';

it('the bench of plots draws beside matplotlib, where that is installed', async () => {
  expectMeasured(await tryBench('plots', '--only', 'map of'), 1);
}, 180_000);
