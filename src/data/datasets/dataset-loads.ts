import { jsonResult } from '../../analyses/results.js';
import type { Catalog } from '../../catalog/catalog.js';
import type { DatasetDeclaration } from '../../catalog/declaration.js';
import type { Configuration } from '../../config/configuration.js';
import { nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import type { OperationOutcome } from '../../operations/operation.js';
import type { Loader } from '../load/loader.js';
import type { LoadOutcome, LoadReport, LoadSource } from '../load/request.js';
import type { GenerationCache } from '../replica/generation-cache.js';
import { formatVersion, type Schema, type Version } from '../schema.js';
import type { DatasetAboutFields } from '../store/dataset-record.js';
import type { DatasetStore } from '../store/dataset-store.js';
import type { GenerationStore } from '../store/generation-store.js';
import type { RejectStore } from '../store/reject-store.js';
import { aboutOf, described } from './load-description.js';
import type { LoadKeeping } from '../versions/load-keeping.js';
import type { LoadParameters } from './load-parameters.js';
import { loadRequest, type Upload } from './load-request.js';

export interface Loaded {
  readonly created: boolean;
  readonly version: Version;
  readonly outcome: LoadOutcome;
}

/** What a load knows beside the file and its parameters. */
export interface LoadContext {
  /** The job that loads, where one does. */
  readonly job?: string;
  readonly signal?: AbortSignal;
  readonly about?: DatasetAboutFields;
  readonly source?: LoadSource;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** @throws Problem `invalid-parameter` */
export function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw Problem.field(
    'invalid-parameter',
    'name',
    'must be 1 to 100 of A-Z a-z 0-9 - _ . and begin with a letter or digit',
  );
}

/** @throws Problem `unreadable-file` where a declared dataset would lack what its routes ask for */
function checkNeeds({ columns }: Schema, declaration: DatasetDeclaration | undefined): void {
  const names = columns.map(({ name }) => name);
  const lacking = declaration?.needs?.filter((need) => !names.includes(need)) ?? [];
  if (lacking.length === 0) return;
  throw new Problem(
    'unreadable-file',
    `the dataset "${declaration?.name ?? ''}" needs the columns ${lacking.join(', ')}, which the file has not`,
    { near: nearNames(lacking[0] ?? '', names) },
  );
}

/** What a job that loads ends with. */
export const outcomeOf = (report: LoadReport, version: Version): OperationOutcome => ({
  results: { 'report.json': jsonResult(report) },
  version: formatVersion(version),
});

/**
 * Loads a dataset: a process of its own makes a generation file of an upload on disk, the file goes to
 * Redis, and one script makes it the current generation. Until that script has run, readers see the
 * old data; if anything ends before it, nothing has changed.
 */
export class DatasetLoads {
  constructor(
    private readonly configuration: Configuration,
    private readonly catalog: Catalog,
    private readonly loader: Loader,
    private readonly cache: GenerationCache,
    private readonly datasets: DatasetStore,
    private readonly generations: GenerationStore,
    private readonly rejects: RejectStore,
    private readonly keeping: LoadKeeping,
  ) {}

  /**
   * Checks what can be checked without the file.
   * @throws Problem `invalid-parameter`, `unsupported-media-type`
   */
  check(name: string, upload: Upload, parameters: LoadParameters): void {
    checkName(name);
    loadRequest(upload, parameters, this.catalog.find(name), this.configuration);
  }

  /** @throws Problem for whatever is wrong with the name, the parameters or the file */
  async load(
    name: string,
    upload: Upload,
    parameters: LoadParameters,
    { job, signal, about, source }: LoadContext = {},
  ): Promise<Loaded> {
    checkName(name);
    const declaration = this.catalog.find(name);
    const before = await this.datasets.find(name);
    const request = loadRequest(upload, parameters, declaration, this.configuration);
    const outcome = await this.loader.load(request, signal);
    checkNeeds(outcome.schema, declaration);
    const schema = described(outcome.schema, before, declaration, request);
    const report: LoadReport = {
      ...outcome.report,
      ...(job === undefined ? {} : { job }),
      ...(source === undefined ? {} : { source }),
    };
    const generation = await this.keeping.withRoom(() =>
      this.generations.upload(name, request.output),
    );
    const rejects = await this.keeping.withRoom(() => this.rejects.write(name, outcome.rejects));
    signal?.throwIfAborted();
    const version = await this.datasets.publish({
      name,
      replaces: before?.generation ?? null,
      generation: generation.id,
      bytes: generation.bytes,
      rows: report.rows,
      schema,
      about: { ...aboutOf(before, declaration, parameters), ...about },
      report,
      rejects,
    });
    await this.cache.adopt(request.output, generation.sha256);
    await this.keeping.trim(name);
    return { created: before === null, version, outcome: { ...outcome, report, schema } };
  }

  /** What the job has published already: where its worker died after that, it is not loaded again. */
  async doneBy(name: string, job: string): Promise<OperationOutcome | null> {
    const record = await this.datasets.find(name);
    return record?.report.job === job ? outcomeOf(record.report, record.version) : null;
  }

  /** Gets ready for the next load, once this one is done: starting a process competes with it. */
  warm(): void {
    this.loader.warm();
  }
}
