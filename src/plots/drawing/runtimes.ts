import { LRUCache } from 'lru-cache';

import type { Layer } from '../plan.js';
import { compile, vega } from '../vega.js';

export const quiet = vega.logger(vega.Error);

export type Runtime = ReturnType<typeof vega.parse>;

/**
 * Frames that were compiled before, by their template: size, theme, fonts and kinds of scales are in it, data
 * and domains are not. A runtime says how to make a view and is not changed by it.
 */
const runtimes = new LRUCache<string, Runtime>({ max: 100 });

export function runtimeOf(template: Layer): Runtime {
  const key = JSON.stringify(template);
  const known = runtimes.get(key);
  if (known !== undefined) return known;
  const runtime = vega.parse(compile(template as never, { logger: quiet }).spec);
  runtimes.set(key, runtime);
  return runtime;
}

/** The next frames are compiled anew; what depends on no request (fonts, coasts, discs) stays. */
export function forgetFrames(): void {
  runtimes.clear();
}
