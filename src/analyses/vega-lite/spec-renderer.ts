import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Problem } from '../../errors/problem.js';
import type { DrawingAnswer, DrawnSpec, SpecDrawing } from './drawing.js';
import { refuse } from './spec-walk.js';

/** What the drawing of a specification may take. */
export interface RenderLimits {
  readonly seconds: number;
  readonly memoryMb: number;
}
export const RENDER_LIMITS: RenderLimits = { seconds: 20, memoryMb: 1_024 };

/**
 * Draws a specification of a user in a process of its own, which is killed when it takes too long or too
 * much. It ends with the thread that calls this, too: a cancelled job leaves nothing behind.
 * @throws Problem `job-timeout`, `out-of-memory`, or `invalid-parameter` with what Vega found wrong
 */
export async function renderSpec(
  drawing: SpecDrawing,
  limits: RenderLimits = RENDER_LIMITS,
): Promise<DrawnSpec> {
  const child = start(limits);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, limits.seconds * 1000);
  try {
    const answer = await ask(child, drawing);
    if (answer === null) throw ended(child, late, limits);
    if ('problem' in answer) throw Problem.fromJson(answer.problem);
    if ('fault' in answer) refuse('params.spec', `could not be drawn: ${answer.fault}`);
    return answer.drawn;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

function start({ seconds, memoryMb }: RenderLimits): ChildProcess {
  const here = fileURLToPath(new URL('./render.process.js', import.meta.url));
  const entry = here.replace(`${sep}src${sep}`, `${sep}dist${sep}`);
  return fork(entry, [String(memoryMb), String(seconds)], {
    // Nothing of the environment: it may hold passwords.
    env: { TZ: 'UTC', NODE_ENV: 'production' },
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    execArgv: [`--max-old-space-size=${String(Math.round(memoryMb / 2))}`],
    serialization: 'advanced',
  });
}

/** The answer of the process, or null where it ended without one. */
async function ask(child: ChildProcess, drawing: SpecDrawing): Promise<DrawingAnswer | null> {
  const ending = new AbortController();
  const { signal } = ending;
  const exit = once(child, 'exit', { signal }).then(() => null);
  const message = once(child, 'message', { signal }).then(([answer]) => answer as DrawingAnswer);
  const first = [exit, message].map((promise) => promise.catch(() => null));
  child.send(drawing, () => undefined); // a process that is gone has no answer, which `exit` tells
  const answer = await Promise.race(first);
  ending.abort();
  return answer;
}

function ended(child: ChildProcess, late: boolean, limits: RenderLimits): Problem {
  if (late) {
    const limit = `drawing the specification took more than ${String(limits.seconds)} s`;
    return new Problem('job-timeout', limit);
  }
  const { signalCode, exitCode } = child;
  const how = signalCode ?? `exit code ${String(exitCode)}`;
  const limit = `drawing the specification took more than ${String(limits.memoryMb)} MB (${how})`;
  return new Problem('out-of-memory', limit);
}
