import { Problem, type ProblemJson } from '../../errors/problem.js';
import { loadFile, openEngine } from './load-file.js';
import type { LoadOutcome, LoadRequest } from './request.js';

/**
 * The loader process: one load, then it ends. Started by `Loader` with an IPC channel; whatever a file
 * does to it (memory, time, a crash of the parser) the service stays as it is.
 */
export type LoaderAnswer =
  | { readonly outcome: LoadOutcome }
  | { readonly problem: ProblemJson }
  | { readonly failure: string };

const engine = openEngine();

process.on('disconnect', () => {
  process.exit(1); // the service is gone: nobody will take the result
});

process.once('message', (request: LoadRequest) => {
  void answer(request).then((message) => {
    process.send?.(message, () => {
      process.exit(0);
    });
  });
});

async function answer(request: LoadRequest): Promise<LoaderAnswer> {
  try {
    return { outcome: await loadFile(request, engine) };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.toJSON() };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
