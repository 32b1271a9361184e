import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';

import type { DatasetAbout, DatasetReader } from '../../analyses/analysis.js';
import type { Configuration } from '../../config/configuration.js';
import { LoadParameters } from '../../data/datasets/load-parameters.js';
import { loadRequest } from '../../data/datasets/load-request.js';
import { readerOf } from '../../data/dataset-reader.js';
import type { DuckDBInstance } from '../../data/duckdb.js';
import { QueryEngine } from '../../data/engine/query-engine.js';
import { loadWith } from '../../data/load/load-file.js';
import type { LoadOutcome, LoadRequest } from '../../data/load/request.js';
import { spool } from '../../data/load/spool.js';
import { parseFilter } from '../../data/query/filter.js';
import { validateQuery } from '../../parameters/validate.js';
import type { Diagnostics } from '../diagnostics.js';
import { grouped } from '../options.js';
import type { RunOptions } from './run-options.js';
import { TaskFault } from '../usage-fault.js';

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this is not allowed',
};

/**
 * Loads a file or literal as a dataset would be loaded, into a folder of its own, and reads it there.
 * @param engine which loads, and then reads; it has no other use
 * @throws Problem for whatever is wrong with the data, TaskFault for a file that cannot be read
 */
export async function withTable(
  engine: Promise<DuckDBInstance>,
  options: RunOptions,
  configuration: Configuration,
  log: Diagnostics,
  use: (reader: DatasetReader) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-run-'));
  try {
    const request = await requestOf(options, configuration, log, folder);
    const instance = await engine;
    const outcome = await loadWith(instance, request);
    const { rows, refused, rejects } = outcome.report;
    log.debug(`${String(rows)} rows, read as ${outcome.report.format}`);
    if (refused > 0) {
      log.error(`${String(refused)} rows do not fit and are left out; ${rejects[0]?.reason ?? ''}`);
    }
    await read(instance, outcome, options, configuration, folder, use);
  } finally {
    await rm(folder, { force: true, recursive: true });
  }
}

async function requestOf(
  options: RunOptions,
  configuration: Configuration,
  log: Diagnostics,
  folder: string,
): Promise<LoadRequest> {
  const { maxUploadBytes, maxExpandedBytes } = configuration;
  const file = join(folder, 'upload');
  const limits = { sent: maxUploadBytes, expanded: maxExpandedBytes };
  const spooled = await spool(source(options, log), file, limits).catch((error: unknown) => {
    const reason = UNREADABLE[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new TaskFault(`${options.filepath ?? ''} cannot be read: ${reason}`);
  });
  const { key, path, schema, delimiter, dateformat } = options;
  const said = Object.entries({ key, path, schema, delimiter, dateformat });
  const given = said.filter((one): one is [string, string] => one[1] !== undefined);
  const parameters = validateQuery(LoadParameters, Object.fromEntries(given));
  return loadRequest({ ...spooled, contentType: undefined }, parameters, undefined, configuration);
}

function source({ filepath, input = '' }: RunOptions, log: Diagnostics): Readable {
  if (filepath === undefined) {
    log.info('Reading data from command line input');
    return Readable.from([Buffer.from(input)]);
  }
  log.info(`Reading data from file system at ${filepath}`);
  return createReadStream(filepath);
}

async function read(
  instance: DuckDBInstance,
  { schema }: LoadOutcome,
  options: RunOptions,
  { duckdbThreads, duckdbMemory, queryTimeout }: Configuration,
  folder: string,
  use: (reader: DatasetReader) => Promise<void>,
): Promise<void> {
  const name = options.filepath === undefined ? 'input' : basename(options.filepath);
  const about: DatasetAbout = { name, title: name, schema, version: '1.0' };
  const filter = parseFilter(schema, grouped(options.filter), 'filter.');
  const engine = await QueryEngine.over(instance, {
    ...{ threads: duckdbThreads, memoryBytes: duckdbMemory, folder, queryTimeoutMs: queryTimeout },
  });
  try {
    await engine.attach(join(folder, 'table.duckdb'), 'local');
    await engine.read((session) => use(readerOf(session, about, '"local".records', filter)), {
      timeout: false,
    });
  } finally {
    engine.close();
  }
}
