import { InvalidArgumentError, Option, type Command } from 'commander';

import { duration } from '../config/setting.js';
import { textOfText } from '../data/values.js';
import type { GenerateOptions } from './generate/generate-options.js';
import { wholeNumber } from './options.js';

/** `generate`: synthetic time series, for demonstrations and tests. The same seed gives the same bytes. */
export function addGenerateCommand(program: Command): void {
  program
    .command('generate')
    .description('write synthetic time series: trend, day and year, noise with a memory, gaps')
    .option('--rows <n>', 'rows, each with a time', wholeNumber, 1000)
    .option('--series <n>', 'columns of values', wholeNumber, 2)
    .option('--seed <n>', 'the same seed gives the same file', wholeNumber, 1)
    .option('--start <time>', 'time of the first row', time, new Date('2020-01-01T00:00:00Z'))
    .addOption(
      new Option('--every <time>', 'from row to row, such as 1s, 10m, 1h')
        .argParser(step)
        .default(3_600_000, '1h'),
    )
    .option('--gaps <share>', 'share of the values that are missing, 0 to 1', share, 0)
    .option('--format <format>', 'csv or ndjson', format, 'csv')
    .option('-o, --out <file>', 'the file; standard output where it is left out')
    .addHelpText(
      'after',
      '\nExample:\n  almanac generate --rows 100000 --every 1m --gaps 0.01 | almanac load demo',
    )
    .action(async (options: GenerateOptions) => {
      const { writeSeries } = await import('./generate/write-series.js');
      await writeSeries(options);
    });
}

function time(text: string): Date {
  const found = new Date(textOfText('timestamp', text) ?? '');
  if (!Number.isNaN(found.getTime())) return found;
  throw new InvalidArgumentError('It must be a time such as 2020-01-01T00:00:00Z.');
}

function step(text: string): number {
  const { parse } = duration({ env: 'every', fallback: 0, description: '' });
  try {
    return Math.max(1, parse(text));
  } catch {
    throw new InvalidArgumentError('It must be a time such as 10s, 5m or 1h.');
  }
}

function share(text: string): number {
  const found = Number(text);
  if (text !== '' && found >= 0 && found <= 1) return found;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

function format(text: string): 'csv' | 'ndjson' {
  if (text === 'csv' || text === 'ndjson') return text;
  throw new InvalidArgumentError('It must be csv or ndjson.');
}
