import '../../config/native-memory.js';

import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';

import type { OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';

import type { Results } from '../../analyses/analysis.js';
import { Problem } from '../../errors/problem.js';
import type { ComputeMessage, ComputeOutcome, ComputeTask, ThreadData } from './messages.js';
import { transferables } from './transferables.js';

const THREAD_MEMORY_MB = 1_024;
const IDLE_MS = 600_000;

export type Computation = Omit<ComputeTask, 'port'>;

export interface PoolOptions {
  /** File in which each thread begins. */
  readonly entry: string;
  /** URLs of the modules that each thread imports at its start. */
  readonly warm: readonly string[];
  readonly maxThreads: number;
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
 * end, concerns the job in it and no other.
 */
export class ComputePool implements OnApplicationShutdown {
  private readonly pool: Piscina<ComputeTask, ComputeOutcome>;
  private readonly memoryMb: number;

  constructor({ entry, warm, maxThreads, memoryMb = THREAD_MEMORY_MB, onError }: PoolOptions) {
    this.memoryMb = memoryMb;
    this.pool = new Piscina({
      filename: entry,
      minThreads: 1,
      maxThreads,
      idleTimeout: IDLE_MS,
      workerData: { warm } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    this.pool.on('error', onError);
  }

  get threads(): number {
    return this.pool.threads.length;
  }

  /**
   * Runs one computation.
   * @throws Problem as the analysis throws it, `out-of-memory`; an Error for all else, an abort included
   */
  async run(computation: Computation, hooks: ComputeHooks): Promise<Results> {
    const { port1, port2 } = new MessageChannel();
    const hear = (message: unknown): void => {
      const heard = message as ComputeMessage;
      if ('line' in heard) hooks.log(heard.line);
      else hooks.progress(heard.progress);
    };
    port1.on('message', hear);
    try {
      const outcome = await this.pool.run(
        { ...computation, port: port2 },
        { signal: hooks.signal, transferList: [port2, ...transferables(computation.data)] },
      );
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

  async onApplicationShutdown(): Promise<void> {
    await this.pool.destroy();
  }
}
