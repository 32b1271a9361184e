import type { Callback } from '../../callbacks/callback.js';
import type { RawFilter } from '../../data/dataset-access.js';
import type { ProblemJson } from '../../errors/problem.js';
import { jobStatuses, type JobPlan, type JobRecord } from '../job.js';

/** The record of a job as a hash of texts, and back. Fields that the scripts write are named in them. */
export function planFields(plan: JobPlan): string[] {
  return [
    ...['analysis', plan.analysis],
    ...['dataset', plan.dataset],
    ...['params', JSON.stringify(plan.params)],
    ...['filter', JSON.stringify(plan.filter)],
    ...(plan.label === null ? [] : ['label', plan.label]),
    ...['timeout', String(plan.timeout)],
    ...['version', plan.version],
    ...['priority', String(plan.priority)],
    ...['tries', String(plan.tries)],
    ...(plan.wanted === null ? [] : ['wanted', JSON.stringify(plan.wanted)]),
    ...(plan.callback === null ? [] : ['callback', JSON.stringify(plan.callback)]),
  ];
}

/** @param pairs field, value, field, value, ... as HGETALL gives them in a script */
export function recordOf(pairs: readonly string[]): JobRecord {
  const hash = new Map<string, string>();
  for (let i = 0; i + 1 < pairs.length; i += 2) hash.set(pairs[i] ?? '', pairs[i + 1] ?? '');
  const text = (field: string): string => hash.get(field) ?? '';
  const number = (field: string): number => Number(text(field));
  const numberOrNull = (field: string): number | null => (hash.has(field) ? number(field) : null);
  const status = jobStatuses.find((known) => known === text('status'));
  if (status === undefined) throw new Error(`job ${text('id')} has status "${text('status')}"`);
  return {
    id: text('id'),
    status,
    analysis: text('analysis'),
    dataset: text('dataset'),
    params: JSON.parse(text('params')) as Record<string, unknown>,
    filter: JSON.parse(text('filter')) as RawFilter,
    label: hash.get('label') ?? null,
    timeout: number('timeout'),
    version: text('version'),
    priority: number('priority'),
    tries: number('tries'),
    callback: hash.has('callback') ? (JSON.parse(text('callback')) as Callback) : null,
    wanted: hash.has('wanted') ? (JSON.parse(text('wanted')) as string[]) : null,
    progress: number('progress'),
    created: number('created'),
    runAt: numberOrNull('run_at'),
    started: numberOrNull('started'),
    finished: numberOrNull('finished'),
    attempts: number('attempts'),
    crashes: number('crashes'),
    faults: number('faults'),
    reused: hash.has('source') ? { job: text('source'), age: number('age') } : null,
    lines: hash.has('lines') ? number('lines') : 0,
    problem: hash.has('problem') ? (JSON.parse(text('problem')) as ProblemJson) : null,
    cancel: hash.has('cancel_at')
      ? { by: text('cancel_by'), address: text('cancel_address'), at: number('cancel_at') }
      : null,
  };
}

/** The lists in which a job stands from its submission on, besides that of all jobs. */
export function listsOf({
  analysis,
  dataset,
  label,
}: Pick<JobPlan, 'analysis' | 'dataset' | 'label'>): string[] {
  return [
    `analysis:${analysis}`,
    ...(dataset === '' ? [] : [`dataset:${dataset}`]),
    ...(label === null ? [] : [`label:${label}`]),
  ];
}
