import { Readable } from 'node:stream';

import { Inject, Injectable } from '@nestjs/common';

import { jsonResult } from '../../analyses/results.js';
import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import {
  Operation,
  type OperationOutcome,
  type OperationTask,
} from '../../operations/operation.js';
import { validateQuery } from '../../parameters/validate.js';
import { DatasetLoads, outcomeOf } from '../datasets/dataset-loads.js';
import { LoadParameters } from '../datasets/load-parameters.js';
import { UploadReceiver } from '../datasets/upload-receiver.js';
import { formatNamed } from '../load/formats/formats.js';
import { formatVersion } from '../schema.js';
import { DatasetStore } from '../store/dataset-store.js';
import { SourceStore, type DatasetSource } from '../store/source-store.js';
import { fetchSource, type Fetched } from './fetch-source.js';
import { LoadSourceParameters } from './source-parameters.js';
import { policyOf } from './source-policy.js';

export const LOAD_SOURCE = 'load-source';

/** Part of the work that fetching is, for the progress of the job. */
const FETCHING = 0.6;

/** Fetches the source of a dataset, where it has changed, and loads it. */
@Injectable()
export class LoadSourceOperation extends Operation<LoadSourceParameters> {
  readonly name = LOAD_SOURCE;
  readonly title = 'Load a dataset from its source';
  readonly description =
    'Fetches the source of a dataset and loads it; a source that has not changed is not loaded again. Its result is the load report.';
  readonly params = LoadSourceParameters;
  readonly example = {};
  override readonly dataset = 'named';
  override readonly timeout: number;

  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly sources: SourceStore,
    private readonly datasets: DatasetStore,
    private readonly receiver: UploadReceiver,
    private readonly loads: DatasetLoads,
  ) {
    super();
    this.timeout = 2 * configuration.loadTimeout;
  }

  async run({ force }: LoadSourceParameters, task: OperationTask): Promise<OperationOutcome> {
    const name = task.dataset ?? '';
    const source = await this.sources.findOrKnown(name);
    if (source === null) throw new Problem('no-source', `"${name}" has no source any more`);
    const done = await this.loads.doneBy(name, task.job);
    if (done !== null) return done;
    const before = await this.datasets.find(name);
    const known = !force && before?.report.source?.url === source.url ? before.report.source : null;
    task.log(`fetching ${source.url}`);
    const fetched = await fetchSource(source.url, {
      allowed: policyOf(this.configuration),
      known,
      signal: this.within(task.signal),
    }).catch((error: unknown) => {
      throw withOtherWay(error, name);
    });
    if (fetched === null) {
      task.log('the source has not changed since the last load; nothing was loaded');
      const version = before === null ? null : formatVersion(before.version);
      return { results: { 'report.json': jsonResult({ unchanged: true, version }) }, version };
    }
    return this.receiver.inFolder((file) => this.load(name, source, fetched, file, task));
  }

  private async load(
    name: string,
    source: DatasetSource,
    fetched: Fetched,
    file: string,
    task: OperationTask,
  ): Promise<OperationOutcome> {
    const { etag, lastModified, bytes } = fetched;
    const body = Readable.from(
      counted(fetched.body, (read) => {
        task.progress(bytes === null ? 0 : FETCHING * Math.min(1, read / bytes));
      }),
    );
    const spooled = await this.receiver.keep(body, file).catch((error: unknown) => {
      throw withOtherWay(fetchFault(error), name);
    });
    task.log('fetched; loading');
    task.progress(FETCHING);
    const loaded = await this.loads.load(
      name,
      { ...spooled, contentType: typeOf(source, fetched) },
      validateQuery(LoadParameters, source.load),
      {
        job: task.job,
        signal: task.signal,
        about: { source: source.url, ...source.about },
        source: { url: source.url, etag, lastModified },
      },
    );
    task.log(`${String(loaded.outcome.report.rows)} rows loaded`);
    return outcomeOf(loaded.outcome.report, loaded.version);
  }

  private within(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(this.configuration.loadTimeout)]);
  }
}

/** Servers call many things plain text, so then the content tells. */
function typeOf({ format }: DatasetSource, { contentType }: Fetched): string | undefined {
  if (format !== null) return formatNamed(format, 'format').mediaTypes[0];
  return /^\s*text\/plain/i.test(contentType ?? '') ? undefined : contentType;
}

async function* counted(
  body: AsyncIterable<Buffer>,
  report: (bytes: number) => void,
): AsyncIterable<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    report(bytes);
    yield chunk;
  }
}

/** A source that cannot be had is no end: its file may come another way. */
function withOtherWay(error: unknown, name: string): unknown {
  if (!(error instanceof Problem) || error.code !== 'source-failed') return error;
  const { detail, ...rest } = error.toJSON();
  const upload = `nothing was changed; a file of it can be sent with PUT /datasets/${name}`;
  return Problem.fromJson({ ...rest, detail: `${detail}; ${upload}` });
}

function fetchFault(error: unknown): unknown {
  if (error instanceof Problem) {
    return error.code === 'invalid-body'
      ? new Problem('source-failed', 'the source ended before its content was complete')
      : error;
  }
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError') return new Problem('source-failed', 'the source took too long');
  return code === 'ECONNRESET' || code === 'ECONNABORTED'
    ? new Problem('source-failed', 'the source ended the connection')
    : error;
}
