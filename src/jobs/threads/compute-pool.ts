import '../../config/native-memory.js';

import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';

import type { OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';

import type { Results } from '../../analyses/analysis.js';
import { Problem } from '../../errors/problem.js';
import type { ComputeMessage, ComputeOutcome, ComputeTask, Rehearsal } from './messages.js';
import { transferables } from './transferables.js';

const THREAD_MEMORY_MB = 1_024;
const IDLE_MS = 600_000;
/** A task that runs for so long may be cancelled before it ends. */
const LONG_MS = 1_000;
/** The next task, should one wait, goes before a rehearsal. */
const AFTER_AN_END_MS = 200;

export type Computation = Omit<ComputeTask, 'port'>;

export interface PoolOptions {
  /** File in which each thread begins. */
  readonly entry: string;
  /** URLs of the modules that a thread rehearses. */
  readonly warm: readonly string[];
  /** Tasks at the same time. */
  readonly maxTasks: number;
  /** Memory of a thread for JavaScript objects; the contents of typed arrays do not count. */
  readonly memoryMb?: number;
  readonly onError: (error: unknown) => void;
}

export interface ComputeHooks {
  /** Ends the thread at once when it fires. */
  readonly signal: AbortSignal;
  progress(fraction: number): void;
  log(line: string): void;
}

/**
 * The threads of a worker process. Whatever happens in one, be it an endless loop, a lack of memory or its
 * end, concerns the job in it and no other. While a task takes long, a thread is rehearsed that takes the next one
 * should this one be ended.
 */
export class ComputePool implements OnApplicationShutdown {
  private readonly pool: Piscina<ComputeTask | Rehearsal, ComputeOutcome | number>;
  private readonly memoryMb: number;
  private readonly rehearsed = new Set<number>();
  /** The first thread's; tasks wait for it rather than start another. */
  private readonly beginning: Promise<void>;
  private rehearsing = false;
  private closing = false;
  private running = 0;

  constructor(private readonly options: PoolOptions) {
    const { entry, maxTasks, memoryMb = THREAD_MEMORY_MB, onError } = options;
    this.memoryMb = memoryMb;
    this.pool = new Piscina({
      filename: entry,
      minThreads: 1,
      maxThreads: maxTasks + 1,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    this.pool.on('error', onError);
    this.beginning = this.rehearse();
  }

  get threads(): number {
    return this.pool.threads.length;
  }

  /** Threads that are ready for any task and have none. */
  get spare(): number {
    const ready = this.pool.threads.filter(({ threadId }) => this.rehearsed.has(threadId));
    return Math.max(0, ready.length - this.running);
  }

  /**
   * Runs one computation.
   * @throws Problem as the analysis throws it, `out-of-memory`; an Error for all else, an abort included
   */
  async run(computation: Computation, hooks: ComputeHooks): Promise<Results> {
    await this.beginning;
    const long = setTimeout(() => void this.rehearse(), LONG_MS);
    this.running += 1;
    try {
      return await this.compute(computation, hooks);
    } finally {
      clearTimeout(long);
      this.running -= 1;
    }
  }

  private async compute(computation: Computation, hooks: ComputeHooks): Promise<Results> {
    const { port1, port2 } = new MessageChannel();
    const hear = (message: unknown): void => {
      const heard = message as ComputeMessage;
      if ('line' in heard) hooks.log(heard.line);
      else hooks.progress(heard.progress);
    };
    port1.on('message', hear);
    try {
      const outcome = await this.inThread({ ...computation, port: port2 }, hooks.signal);
      for (let late = receiveMessageOnPort(port1); late; late = receiveMessageOnPort(port1)) {
        hear(late.message);
      }
      if ('problem' in outcome) throw Problem.fromJson(outcome.problem);
      return outcome.results;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
      throw new Problem('out-of-memory', `the job needed more than ${String(this.memoryMb)} MB`);
    } finally {
      port1.close();
    }
  }

  private async inThread(task: ComputeTask, signal: AbortSignal): Promise<ComputeOutcome> {
    const transferList = [task.port, ...transferables(task.data)];
    try {
      return (await this.pool.run(task, { signal, transferList })) as ComputeOutcome;
    } catch (error) {
      // Its thread may have ended.
      setTimeout(() => void this.rehearse(), AFTER_AN_END_MS).unref();
      throw error;
    }
  }

  /** Makes a thread ready for any task, unless one that is has nothing to do. */
  private async rehearse(): Promise<void> {
    if (this.rehearsing || this.closing || this.spare > 0) return;
    this.rehearsing = true;
    try {
      this.rehearsed.add((await this.pool.run({ rehearse: this.options.warm })) as number);
    } catch (error) {
      this.complain(error);
    } finally {
      this.rehearsing = false;
    }
  }

  /** A thread that is ended at the end of all is no fault. */
  private complain(error: unknown): void {
    if (!this.closing) this.options.onError(error);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await this.pool.destroy();
  }
}
