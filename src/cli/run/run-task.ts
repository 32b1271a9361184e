import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';

import type { Analysis, DatasetReader, Results } from '../../analyses/analysis.js';
import { AnalysisRegistry } from '../../analyses/registry.js';
import type { Configuration } from '../../config/configuration.js';
import type { DuckDBInstance } from '../../data/duckdb.js';
import { checkColumns } from '../../parameters/column-check.js';
import { validateJson, validateQuery } from '../../parameters/validate.js';
import { jsonFault } from '../../errors/json-fault.js';
import { Diagnostics } from '../diagnostics.js';
import { grouped } from '../options.js';
import type { RunOptions } from './run-options.js';
import { UsageFault } from '../usage-fault.js';
import { writeFault } from '../write-fault.js';
import { withTable } from './local-table.js';
import { printResults } from './print-results.js';

/**
 * Runs one analysis over one file or literal, in this process, and prints or writes what came out.
 * @throws UsageFault for a call that lacks something, Problem for the data and the parameters
 */
export async function runTask(
  name: string,
  options: RunOptions,
  configuration: Configuration,
  engine: Promise<DuckDBInstance>,
): Promise<void> {
  const log = new Diagnostics(configuration.logLevel);
  const analysis = await AnalysisRegistry.one(name);
  await withTable(engine, options, configuration, log, async (reader) => {
    const results = await compute(analysis, options, reader, log);
    if (options.out !== undefined) {
      const [found, { bytes }] = resultFor(options.out, results);
      await writeFile(options.out, bytes).catch(writeFault(options.out));
      log.info(`${found} written to ${options.out}`);
      return;
    }
    await printResults(analysis.name, results, reader, options.json === true);
  });
}

async function compute(
  analysis: Analysis,
  options: RunOptions,
  reader: DatasetReader,
  log: Diagnostics,
): Promise<Results> {
  const { about } = reader;
  const checked =
    options.params === undefined
      ? validateQuery(analysis.params, grouped(options.param))
      : validateJson(analysis.params, parameters(options.params), 'params.');
  checkColumns(analysis.params, checked, about.schema);
  const params = analysis.complete?.(checked, about.schema) ?? checked;
  checkColumns(analysis.params, params, about.schema);
  const data = await analysis.query(params, reader);
  return analysis.compute(params, data, {
    dataset: about,
    progress: () => undefined,
    log: (line) => {
      log.debug(line);
    },
  });
}

function parameters(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageFault(`--params is no JSON: ${jsonFault(error, text)}`);
  }
}

/** The result that a file name means: the one of that name, else the first with its ending. */
function resultFor(out: string, results: Results): [string, Results[string]] {
  const entries = Object.entries(results);
  const found =
    entries.find(([name]) => name === basename(out)) ??
    entries.find(([name]) => extname(name) === extname(out));
  if (found !== undefined) return found;
  const names = entries.map(([name]) => name).join(', ');
  throw new UsageFault(`--out ${out}: the results are ${names}; end the name like one of them`);
}
