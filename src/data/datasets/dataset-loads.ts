import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import type { Catalog } from '../../catalog/catalog.js';
import type { DatasetDeclaration } from '../../catalog/declaration.js';
import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import type { Loader } from '../load/loader.js';
import type { LoadOutcome, LoadRequest } from '../load/request.js';
import { spool } from '../load/spool.js';
import type { GenerationCache } from '../replica/generation-cache.js';
import type { Schema, Version } from '../schema.js';
import type { DatasetAboutFields, DatasetRecord } from '../store/dataset-record.js';
import type { DatasetStore } from '../store/dataset-store.js';
import type { GenerationStore } from '../store/generation-store.js';
import type { LoadParameters } from './load-parameters.js';
import { loadRequest, type Upload } from './load-request.js';

export interface Loaded {
  readonly created: boolean;
  readonly version: Version;
  readonly outcome: LoadOutcome;
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

/**
 * Loads a dataset: the upload goes to disk, a process of its own makes a generation file of it, the
 * file goes to Redis, and one script makes it the current generation. Until that script has run,
 * readers see the old data; if anything ends before it, nothing has changed.
 */
export class DatasetLoads {
  constructor(
    private readonly configuration: Configuration,
    private readonly catalog: Catalog,
    private readonly loader: Loader,
    private readonly cache: GenerationCache,
    private readonly datasets: DatasetStore,
    private readonly generations: GenerationStore,
  ) {}

  /** @throws Problem for whatever is wrong with the name, the parameters or the file */
  async load(
    name: string,
    body: Readable,
    contentType: string | undefined,
    parameters: LoadParameters,
  ): Promise<Loaded> {
    checkName(name);
    const folder = await this.cache.newFolder('.load');
    try {
      const { maxUploadBytes, maxExpandedBytes } = this.configuration;
      const limits = { sent: maxUploadBytes, expanded: maxExpandedBytes };
      const upload = await spool(body, join(folder, 'upload'), limits);
      return await this.loadFile(name, { ...upload, contentType }, parameters);
    } finally {
      this.loader.warm(); // only now: starting a process competes with the load
      await rm(folder, { force: true, recursive: true });
    }
  }

  private async loadFile(
    name: string,
    upload: Upload,
    parameters: LoadParameters,
  ): Promise<Loaded> {
    const declaration = this.catalog.find(name);
    const before = await this.datasets.find(name);
    const request = loadRequest(upload, parameters, declaration, this.configuration);
    const outcome = await this.loader.load(request);
    const schema = described(outcome.schema, before, declaration, request);
    const generation = await this.generations.upload(name, request.output);
    const version = await this.datasets.publish({
      name,
      replaces: before?.generation ?? null,
      generation: generation.id,
      rows: outcome.report.rows,
      schema,
      about: aboutOf(before, declaration, parameters),
      report: outcome.report,
    });
    await this.cache.adopt(request.output, generation.sha256);
    return { created: before === null, version, outcome: { ...outcome, schema } };
  }
}

/** Units and descriptions outlive a reload: what the request says wins, then what was said before. */
function described(
  schema: Schema,
  before: DatasetRecord | null,
  declaration: DatasetDeclaration | undefined,
  request: LoadRequest,
): Schema {
  const columns = schema.columns.map((column) => {
    const { name } = column;
    const old = before?.schema.columns.find((other) => other.name === name);
    const said = [declaration?.columns[name], old, request.columns[name]];
    const unit = said.map((one) => one?.unit).findLast((one) => one !== undefined);
    const description = said.map((one) => one?.description).findLast((one) => one !== undefined);
    return {
      ...column,
      ...(unit === undefined ? {} : { unit }),
      ...(description === undefined ? {} : { description }),
    };
  });
  return { ...schema, columns };
}

function aboutOf(
  before: DatasetRecord | null,
  declaration: DatasetDeclaration | undefined,
  { title }: LoadParameters,
): DatasetAboutFields {
  const declared =
    declaration === undefined
      ? {}
      : {
          title: declaration.title,
          description: declaration.description,
          source: declaration.source,
          licence: declaration.licence,
          citation: declaration.citation,
        };
  return { ...declared, ...before?.about, ...(title === undefined ? {} : { title }) };
}
