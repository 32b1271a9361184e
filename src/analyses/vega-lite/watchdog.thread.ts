import { createReadStream } from 'node:fs';
import { workerData } from 'node:worker_threads';

/**
 * Watches over the process that draws, from a thread that no endless loop of a specification can hold up.
 * It kills the process when that takes too much memory (which the limit of V8 does not see where it is
 * that of canvases and typed arrays), when its time is long over, and when whoever started it is gone:
 * then its standard input ends.
 */
const { memoryMb, seconds } = workerData as { memoryMb: number; seconds: number };
const LOOK_EVERY_MS = 25;
const end = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

createReadStream('', { fd: 0 }).on('end', end).on('error', end).resume();
setInterval(() => {
  if (process.memoryUsage.rss() > memoryMb * 1_048_576) end();
}, LOOK_EVERY_MS);
setTimeout(end, (seconds + 5) * 1000);
