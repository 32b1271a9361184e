import type { Configuration } from '../../config/configuration.js';
import { isFinished, type JobStatus } from '../../jobs/job.js';
import { print } from '../print.js';
import { textTable } from '../text-table.js';
import { TaskFault } from '../usage-fault.js';
import { Progress } from './progress.js';
import { defaultUrl, ServiceClient } from './service-client.js';

interface Calling {
  readonly url?: string | undefined;
  readonly json?: true | undefined;
}

/** What the commands read of a job of the API. */
interface Job {
  readonly id: string;
  readonly status: JobStatus;
  readonly analysis: string;
  readonly dataset: string | null;
  readonly progress: number;
  readonly created: string;
  readonly problem: { readonly title?: string; readonly detail: string } | null;
}

/** Longest wait that one request asks for, in seconds. */
const LONG_POLL = 20;

const clientOf = ({ url }: Calling, configuration: Configuration): ServiceClient =>
  new ServiceClient(url ?? defaultUrl(configuration), configuration);

const pathOf = (id: string): string => `/jobs/${encodeURIComponent(id)}`;

export async function listJobs(
  calling: Calling,
  query: Readonly<Record<string, string | number | undefined>>,
  configuration: Configuration,
): Promise<void> {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) asked.set(name, String(value));
  }
  const { jobs } = await clientOf(calling, configuration).json<{ jobs: Job[] }>(
    `/jobs?${asked.toString()}`,
  );
  if (calling.json === true) print(JSON.stringify(jobs));
  else {
    const rows = jobs.map(({ id, status, analysis, dataset, progress, created }) => ({
      ...{ id, status, analysis, dataset, progress, created },
    }));
    print(textTable(['id', 'status', 'analysis', 'dataset', 'progress', 'created'], rows));
  }
}

export async function showJob(
  id: string,
  calling: Calling,
  configuration: Configuration,
): Promise<void> {
  tell(await clientOf(calling, configuration).json<Job>(pathOf(id)), calling);
}

/** @throws TaskFault where the job did not complete, or not in time */
export async function waitForJob(
  id: string,
  seconds: number,
  calling: Calling,
  configuration: Configuration,
): Promise<void> {
  const client = clientOf(calling, configuration);
  const end = performance.now() + seconds * 1000;
  const progress = new Progress(`job ${id}`);
  let job = await client.json<Job>(pathOf(id));
  while (!isFinished(job.status) && performance.now() < end) {
    progress.show(job.progress / 100, job.status);
    const left = Math.ceil((end - performance.now()) / 1000);
    const wait = Math.max(1, Math.min(LONG_POLL, left));
    job = await client.json<Job>(`${pathOf(id)}?wait=${String(wait)}`);
  }
  progress.end();
  tell(job, calling);
  if (job.status === 'complete') return;
  const reason = job.problem === null ? '' : `: ${job.problem.detail}`;
  throw new TaskFault(`job ${id} is ${job.status}${reason}`);
}

export async function cancelJob(
  id: string,
  calling: Calling,
  configuration: Configuration,
): Promise<void> {
  const client = clientOf(calling, configuration);
  const receipt = await client.json<object>(`${pathOf(id)}/cancel`, { method: 'POST' });
  print(calling.json === true ? JSON.stringify(receipt) : `job ${id}: cancelling was asked for`);
}

function tell(job: Job, { json }: Calling): void {
  if (json === true) {
    print(JSON.stringify(job));
    return;
  }
  const { id, status, analysis, dataset, progress, created, problem } = job;
  const on = dataset === null ? '' : ` on ${dataset}`;
  print(`${id}  ${status}  ${analysis}${on}  ${String(progress)} %  ${created}`);
  if (problem !== null) print(problem.detail);
}
