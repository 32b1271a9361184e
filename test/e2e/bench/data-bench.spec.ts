import { it } from '@jest/globals';

import { expectMeasured, tryBench } from './bench-run.js';

it('the bench of data measures every side, and leaves nothing behind', async () => {
  expectMeasured(await tryBench('data'), 5);
}, 180_000);
