import { existsSync } from 'node:fs';

// Loaded with the formats that need them otherwise: here they are there before a file comes.
import 'csv-parse';
import 'js-yaml';
import 'saxes';

import { Problem, type ProblemJson } from '../../errors/problem.js';
import { openEngine } from './load-engine.js';
import { loadWith, spillFolder } from './load-file.js';
import { rehearse, type Rehearsal } from './rehearsal.js';
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
/** A process that has had nothing to do for so long rehearses. */
const IDLE_MS = 1_000;

const engine = openEngine();
let rehearsal: Promise<void> = Promise.resolve();
const idle = setTimeout(() => {
  rehearsal = rehearseAs(process.argv[2]);
}, IDLE_MS);

async function rehearseAs(asked: string | undefined): Promise<void> {
  if (asked === undefined) return;
  try {
    await rehearse(await engine, JSON.parse(asked) as Rehearsal);
  } catch (error) {
    console.warn(`the loader could not rehearse; its first load takes longer: ${String(error)}`);
  }
}

process.on('disconnect', () => {
  process.exit(1); // the service is gone: nobody will take the result
});

process.on('message', (request: LoadRequest) => {
  clearTimeout(idle);
  void rehearsal
    .then(() => answer(request))
    .then((message) => {
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
