import { Worker } from 'node:worker_threads';

import { Problem } from '../../errors/problem.js';
import { drawSpec } from './draw-spec.js';
import type { DrawingAnswer, SpecDrawing } from './drawing.js';

/**
 * The process in which one specification of a user is drawn, then it ends. Started by `SpecRenderer` with
 * an IPC channel and a pipe on its standard input, which is its lifeline: see `watchdog.thread.ts`.
 */
const memoryMb = Number(process.argv[2]);
const seconds = Number(process.argv[3]);
new Worker(new URL('./watchdog.thread.js', import.meta.url), {
  workerData: { memoryMb, seconds },
}).unref();

process.once('message', (drawing: SpecDrawing) => {
  void answer(drawing).then((message) => {
    process.send?.(message, () => {
      process.exit(0);
    });
  });
});

async function answer(drawing: SpecDrawing): Promise<DrawingAnswer> {
  try {
    return { drawn: await drawSpec(drawing) };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.toJSON() };
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
