import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('read-texts.mjs', import.meta.url));
const SECONDS = 4;
const PROCESSORS = [0, 1];

/**
 * What this machine gives to two processes that do nothing but read the texts, each on a processor of its own: the
 * most that two workers can do. Its processors may differ, so one process alone is tried on each.
 * @returns {Promise<{ alone: number, together: number } | null>} texts a second, those of one alone being the mean of
 *   the processors; null where processes cannot be kept on a processor
 */
export async function bareReading(texts) {
  if (process.platform !== 'linux') return null;
  const alone = [];
  for (const processor of PROCESSORS) alone.push(await read(texts, processor));
  const together = await Promise.all(PROCESSORS.map((processor) => read(texts, processor)));
  return { alone: sum(alone) / alone.length, together: sum(together) };
}

async function read(texts, processor) {
  const args = ['-c', String(processor), process.execPath, PROGRAM, String(SECONDS)];
  const program = spawn('taskset', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  program.stdin.end(JSON.stringify(texts));
  return Number(await text(program.stdout));
}

const sum = (list) => list.reduce((total, value) => total + value, 0);
