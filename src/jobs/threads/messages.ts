import type { MessagePort } from 'node:worker_threads';

import type { DatasetAbout, Results } from '../../analyses/analysis.js';
import type { ProblemJson } from '../../errors/problem.js';

/** What the worker process gives to a thread, and what it gets back. All of it is plain data. */
export interface ComputeTask {
  /** URL of the module of the analysis. */
  readonly module: string;
  readonly params: object;
  readonly data: unknown;
  readonly dataset: DatasetAbout;
  /** Names of the results that are made; all by default. */
  readonly wanted?: readonly string[];
  /** Where the thread tells its progress and its log lines. */
  readonly port: MessagePort;
}

export type ComputeMessage = { readonly progress: number } | { readonly line: string };

/** An expected failure comes back as data: an Error would lose its code on the way. */
export type ComputeOutcome = { readonly results: Results } | { readonly problem: ProblemJson };

/** Loads and tries what tasks need, so that the next one is fast; answered with the id of the thread. */
export interface Rehearsal {
  /** URLs of modules. */
  readonly rehearse: readonly string[];
}
