import { existsSync } from 'node:fs';

// Loaded with the formats that need them otherwise: here they are there before a file comes.
import 'csv-parse';
import 'js-yaml';
import 'saxes';

import { Problem, type ProblemJson } from '../../errors/problem.js';
import { openEngine } from './load-engine.js';
import { loadWith, spillFolder } from './load-file.js';
import type { LoadOutcome, LoadRequest } from './request.js';

/**
 * The loader process: one load after the other, as long as they go well and it stays small; a process that
 * has read a file before reads the next in half the time. Started by `Loader` with an IPC channel; whatever a
 * file does to it (memory, time, a crash of the parser) the service stays as it is.
 */
export type LoaderAnswer =
  | {
      readonly outcome: LoadOutcome;
      /** Whether the process can take another file. */
      readonly again: boolean;
    }
  | { readonly problem: ProblemJson }
  | { readonly failure: string };

const SMALL_BYTES = 256 * 2 ** 20;

const engine = openEngine();

process.on('disconnect', () => {
  process.exit(1); // the service is gone: nobody will take the result
});

process.on('message', (request: LoadRequest) => {
  void answer(request).then((message) => {
    process.send?.(message, () => {
      if (!('again' in message && message.again)) process.exit(0);
    });
  });
});

async function answer(request: LoadRequest): Promise<LoaderAnswer> {
  try {
    const outcome = await loadWith(await engine, request);
    const again = process.memoryUsage.rss() < SMALL_BYTES && !existsSync(spillFolder(request));
    return { outcome, again };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.toJSON() };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
