import type { ProblemJson } from '../../errors/problem.js';
import type { ProblemCode } from '../../errors/problems.js';
import type { LogLine } from '../store/job-store.js';
import { logView } from './log.view.js';

/** Whose doing a failure is: what to change so that the job works. */
export type FailureClass = 'request' | 'data' | 'resource' | 'bug';

const CLASSES: Readonly<Partial<Record<ProblemCode, FailureClass>>> = {
  'empty-dataset': 'data',
  'unreadable-file': 'data',
  'dataset-changed': 'data',
  'too-many-edits': 'resource',
  'job-timeout': 'resource',
  'query-timeout': 'resource',
  'out-of-memory': 'resource',
  'result-too-large': 'resource',
  'payload-too-large': 'resource',
  'storage-full': 'resource',
  'storage-unavailable': 'resource',
  'worker-crashed': 'bug',
  internal: 'bug',
};

/** What is not in the table is the request's fault: a parameter, a column, a name. */
export const failureClass = (code: ProblemCode): FailureClass => CLASSES[code] ?? 'request';

/** Why a job failed, as people see it: the problem, whose doing it is, and the last lines of the log. */
export const failureView = (
  problem: ProblemJson,
  log: readonly LogLine[] = [],
): Readonly<Record<string, unknown>> => ({
  class: failureClass(problem.code),
  ...problem,
  ...(log.length === 0 ? {} : { log: logView(log).lines }),
});
