import { Option, type Command } from 'commander';

import type { Configuration } from '../config/configuration.js';
import { assignments, grouped } from './options.js';

interface Calling {
  readonly url?: string;
  readonly json?: true;
}
interface LoadOptions extends Calling {
  readonly filepath?: string;
  readonly key?: string;
  readonly path?: string;
  readonly schema?: string;
  readonly delimiter?: string;
  readonly dateformat?: string;
  readonly onError?: string;
  readonly title?: string;
}
interface ExportOptions {
  readonly url?: string;
  readonly out?: string;
  readonly format?: string;
  readonly fields?: string;
  readonly sort?: string;
  readonly filter?: readonly (readonly [string, string])[];
}

/** The address of the service, for commands that ask it. */
export const urlOption = (): Option =>
  new Option('--url <url>', 'where the API is; by default at PORT of this machine');

/** `load` and `export`: datasets of a running API, as files. */
export function addDataCommands(program: Command, configure: () => Configuration): void {
  program
    .command('load <name>')
    .description('create or replace a dataset of a running API from a file or standard input')
    .option('-f, --filepath <file>', 'the file; standard input where it is left out')
    .option('--key <column>', 'column whose values address the records')
    .option('--path <path>', 'path of the records inside a document')
    .option('--schema <json>', 'types of columns, such as {"year": "integer"}')
    .option('--delimiter <text>', 'what stands between fields')
    .option('--dateformat <format>', 'how days and times are written')
    .option('--on-error <what>', 'quarantine, or fail where a row does not fit')
    .option('--title <title>', 'title of the dataset')
    .option('--json', 'print JSON')
    .addOption(urlOption())
    .addHelpText(
      'after',
      '\nExample:\n  almanac load meteorites -f Meteorite_Landings.csv --key id',
    )
    .action((name: string, options: LoadOptions) => load(name, options, configure()));
  program
    .command('export <name>')
    .description('write a dataset of a running API to a file or standard output')
    .option('-o, --out <file>', 'the file; standard output where it is left out')
    .option('--format <format>', 'json, ndjson, csv, tsv, xml, yaml, geojson or parquet')
    .option(
      '--filter <column=value>',
      'which rows, such as mass__gt=10; repeatable',
      assignments('mass__gt=10'),
    )
    .option('--fields <columns>', 'columns, separated by commas')
    .option('--sort <columns>', 'order, such as -mass,name')
    .addOption(urlOption())
    .addHelpText(
      'after',
      '\nExample:\n  almanac export meteorites --filter recclass=L5 --format parquet -o l5.parquet',
    )
    .action((name: string, options: ExportOptions) => exportTo(name, options, configure()));
}

async function load(
  name: string,
  { filepath, url, json, ...parameters }: LoadOptions,
  configuration: Configuration,
): Promise<void> {
  const { defaultUrl, ServiceClient } = await import('./service/service-client.js');
  const { sendFile } = await import('./service/transfer.js');
  const client = new ServiceClient(url ?? defaultUrl(configuration), configuration);
  const loaded = await sendFile(client, name, filepath, queryOf({ ...parameters }));
  const { rows, version, report } = loaded;
  const refused =
    report.refused === 0
      ? ''
      : `, ${String(report.refused)} refused: GET /datasets/${name}/rejects`;
  const text = `${name} ${version}  ${String(rows)} rows from ${report.format}${refused}`;
  process.stdout.write(`${json === true ? JSON.stringify(loaded) : text}\n`);
}

async function exportTo(
  name: string,
  { out, url, filter, ...parameters }: ExportOptions,
  configuration: Configuration,
): Promise<void> {
  const { defaultUrl, ServiceClient } = await import('./service/service-client.js');
  const { receiveFile } = await import('./service/transfer.js');
  const client = new ServiceClient(url ?? defaultUrl(configuration), configuration);
  const format = parameters.format ?? /\.(\w+)$/.exec(out ?? '')?.[1] ?? 'csv';
  const query = queryOf({ ...parameters, ...grouped(filter), format });
  await receiveFile(
    client,
    `/datasets/${encodeURIComponent(name)}/export?${query.toString()}`,
    out,
  );
}

function queryOf(values: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of [value].flat()) if (one !== undefined) query.append(name, one);
  }
  return query;
}
