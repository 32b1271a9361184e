import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import type { JobRecord } from '../../jobs/job.js';
import { JobsService } from '../../jobs/jobs.service.js';
import { validateJson } from '../../parameters/validate.js';
import { checkName } from '../datasets/dataset-loads.js';
import { formatNamed } from '../load/formats/formats.js';
import { parseGivenSchema } from '../load/request.js';
import { DatasetStore } from '../store/dataset-store.js';
import { SourceStore, type DatasetSource } from '../store/source-store.js';
import { LOAD_SOURCE } from './load-source.operation.js';
import {
  SourceFields,
  type CreateDataset,
  type LoadSourceParameters,
} from './source-parameters.js';
import { policyOf } from './source-policy.js';
import { sourceUrl } from './source-url.js';

/** Longest wait of a request for the end of a load. */
const WAIT_MS = 25_000;

/** Datasets that are loaded from an address. */
@Injectable()
export class SourcesService {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly sources: SourceStore,
    private readonly datasets: DatasetStore,
    private readonly jobs: JobsService,
  ) {}

  /**
   * Declares a dataset by its source. Nothing is fetched yet.
   * @throws Problem `invalid-parameter`, `source-refused`, `dataset-exists`
   */
  async create(said: CreateDataset): Promise<DatasetSource> {
    const { name, key, schema, path, dateformat, title, licence, citation } = said;
    checkName(name);
    const { url, format } = validateJson(SourceFields, said.source, 'source.');
    const { href } = sourceUrl(url, policyOf(this.configuration));
    if (format !== undefined) formatNamed(format, 'source.format');
    const given = schema === undefined ? undefined : JSON.stringify(schema);
    parseGivenSchema(given);
    const source: DatasetSource = {
      url: href,
      format: format ?? null,
      load: withoutAbsent({ key, schema: given, path, dateformat }),
      about: withoutAbsent({ title, licence, citation }),
      created: new Date().toISOString(),
    };
    const exists = (await this.datasets.state(name)) !== null;
    if (exists || !(await this.sources.add(name, source))) {
      throw new Problem('dataset-exists', `there is a dataset "${name}" already`);
    }
    return source;
  }

  /**
   * Fetches the source of a dataset and loads it, as a job.
   * @throws Problem `unknown-dataset`, `no-source`
   */
  async load(name: string, { force }: LoadSourceParameters): Promise<JobRecord> {
    if ((await this.sources.findOrKnown(name)) === null) {
      if ((await this.datasets.state(name)) === null) await this.datasets.unknown(name);
      throw new Problem('no-source', `"${name}" was loaded from an upload, not from an address`);
    }
    return this.jobs.submitOperation(LOAD_SOURCE, { dataset: name, params: { force } });
  }

  /**
   * The same, and waits a while for its end.
   * @returns the job: complete, or not finished where the time is over
   * @throws Problem as `load`, and that of a load that failed
   */
  async loadNow(name: string, signal: AbortSignal): Promise<JobRecord> {
    const { id } = await this.load(name, { force: true });
    const job = await this.jobs.untilFinished(id, { waitMs: WAIT_MS, signal });
    if (job.problem === null) return job;
    const { detail, ...rest } = job.problem;
    const upload =
      rest.code === 'source-failed'
        ? ', or as the body of this request'
        : '; nothing was changed; a file of it can be sent as the body instead';
    throw Problem.fromJson({ ...rest, detail: `${detail}${upload}` });
  }
}

/** Without what was left out. */
const withoutAbsent = (
  fields: Readonly<Record<string, string | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
