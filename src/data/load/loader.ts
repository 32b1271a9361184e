import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Problem } from '../../errors/problem.js';
import type { Rehearsal } from './rehearsal.js';
import type { LoadOutcome, LoadRequest } from './request.js';
import type { LoaderAnswer } from './loader.process.js';

/**
 * Runs loads in child processes, each in one of its own at a time. A spare process waits warm, since starting
 * one costs more than loading a small table; one that has loaded a file well becomes the spare.
 */
export class Loader {
  private spare: ChildProcess | null = null;
  private closed = false;

  /** @param rehearsal what a process that waits does before its first load; nothing by default */
  constructor(
    private readonly timeoutMs: number,
    private readonly rehearsal?: () => Rehearsal,
  ) {}

  /** Starts the spare process. */
  warm(): void {
    if (this.closed || this.spare !== null) return;
    this.spare = this.start();
  }

  /** @throws Problem `unreadable-file` and what else the file deserves; `storage-full` */
  async load(request: LoadRequest, signal?: AbortSignal): Promise<LoadOutcome> {
    signal?.throwIfAborted();
    const child = this.spare ?? this.start();
    this.spare = null;
    const timer = setTimeout(() => child.kill('SIGKILL'), this.timeoutMs);
    const stop = (): void => {
      child.kill('SIGKILL');
    };
    signal?.addEventListener('abort', stop, { once: true });
    let again = false;
    try {
      const answer = await ask(child, request);
      signal?.throwIfAborted();
      if (answer === null) throw this.ended(child);
      if ('outcome' in answer) {
        ({ again } = answer);
        return answer.outcome;
      }
      if ('problem' in answer) throw Problem.fromJson(answer.problem);
      throw new Error(`the loader failed: ${answer.failure}`);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      this.release(child, again);
    }
  }

  close(): void {
    this.closed = true;
    this.spare?.kill('SIGKILL');
  }

  private release(child: ChildProcess, again: boolean): void {
    if (again && this.spare === null && !this.closed) this.spare = child;
    else child.kill('SIGKILL');
  }

  private start(): ChildProcess {
    const child = forkLoader(this.rehearsal?.());
    child.once('exit', () => {
      if (this.spare === child) this.spare = null;
    });
    child.channel?.unref();
    child.unref();
    return child;
  }

  private ended(child: ChildProcess): Problem {
    const seconds = String(this.timeoutMs / 1000);
    const reason =
      child.signalCode === 'SIGKILL'
        ? `it was stopped: loading took more than ${seconds} s or too much memory`
        : `its loader ended unexpectedly (${child.signalCode ?? String(child.exitCode)})`;
    return new Problem('unreadable-file', `the file could not be loaded; ${reason}`);
  }
}

function forkLoader(rehearsal?: Rehearsal): ChildProcess {
  const here = fileURLToPath(new URL('./loader.process.js', import.meta.url));
  const args = rehearsal === undefined ? [] : [JSON.stringify(rehearsal)];
  return fork(here.replace(`${sep}src${sep}`, `${sep}dist${sep}`), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--max-old-space-size=512'],
    serialization: 'advanced',
  });
}

/** The answer of the process, or null where it ended without one. */
async function ask(child: ChildProcess, request: LoadRequest): Promise<LoaderAnswer | null> {
  const ending = new AbortController();
  const exit = once(child, 'exit', { signal: ending.signal }).then(() => null);
  const message = once(child, 'message', { signal: ending.signal }).then(
    ([answer]) => answer as LoaderAnswer,
  );
  const ended = [exit, message].map((promise) => promise.catch(() => null));
  child.send(request);
  const answer = await Promise.race(ended);
  ending.abort();
  return answer;
}
