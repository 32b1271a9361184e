import 'reflect-metadata';
import { threadId } from 'node:worker_threads';

import { move, transferableSymbol, valueSymbol } from 'piscina';

import type { Analysis, Results } from '../../analyses/analysis.js';
import { Problem } from '../../errors/problem.js';
import type { ComputeMessage, ComputeOutcome, ComputeTask, Rehearsal } from './messages.js';
import { transferables } from './transferables.js';

/**
 * Entry of the threads: runs the `compute` step of one analysis at a time. A thread has no connection to Redis
 * or to a dataset; it is ended from outside when its job is cancelled or its time is over. It loads what its task
 * needs, which is little for most; all of it is loaded by a rehearsal, while no task waits.
 */
export default async function compute(task: ComputeTask | Rehearsal): Promise<unknown> {
  if ('rehearse' in task) return rehearse(task);
  const outcome = await outcomeOf(task);
  return move({ [transferableSymbol]: transferables(outcome), [valueSymbol]: outcome });
}

async function rehearse({ rehearse: modules }: Rehearsal): Promise<number> {
  await Promise.all(modules.map((module) => import(module)));
  const { warmPlots } = await import('../../plots/warm.js');
  await warmPlots();
  return threadId;
}

async function outcomeOf({
  module,
  params,
  data,
  dataset,
  wanted,
  port,
}: ComputeTask): Promise<ComputeOutcome> {
  const tell = (message: ComputeMessage): void => {
    port.postMessage(message);
  };
  const { default: analysis } = (await import(module)) as { default: Analysis };
  try {
    const results = await analysis.compute(Object.assign(new analysis.params(), params), data, {
      dataset,
      ...(wanted === undefined ? {} : { wanted }),
      progress: (progress) => {
        tell({ progress });
      },
      log: (line) => {
        tell({ line });
      },
    });
    return { results: only(results, wanted) };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.toJSON() };
    throw error;
  }
}

/** An analysis may make more than was wanted. */
const only = (results: Results, wanted?: readonly string[]): Results =>
  wanted === undefined
    ? results
    : Object.fromEntries(Object.entries(results).filter(([name]) => wanted.includes(name)));
