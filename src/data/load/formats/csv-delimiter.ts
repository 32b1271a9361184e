import { Problem } from '../../../errors/problem.js';
import { readHead } from './file-head.js';

const DELIMITERS = [',', ';', '\t', '|'];
const LINES = 50;

/** How the fields of a separated file are told from each other. */
export interface Layout {
  /** Runs of blanks are written as `blanks`. */
  readonly delimiter: string;
  /** The names, where the header is separated in another way than the rows. */
  readonly header?: readonly string[];
}

export const BLANKS = 'blanks';

/**
 * The layout of a separated file from its first lines: the delimiter that most lines have most often,
 * runs of blanks where no line has any, and else a comma.
 */
export async function findLayout(file: string): Promise<Layout> {
  const text = (await readHead(file)).toString('utf8').replace(/^\uFEFF/, '');
  const all = text.replace(/"(?:[^"]|"")*"/g, 'x').split(/\r?\n|\r/);
  const lines = all.slice(0, all.length > 1 ? -1 : 1).slice(0, LINES); // the last may be cut
  const usual = DELIMITERS.map((delimiter) => ({ delimiter, count: median(lines, delimiter) }));
  const best = usual.reduce((most, one) => (one.count > most.count ? one : most));
  const header = lines[0] ?? '';
  if (best.count === 0) return areAligned(lines) ? { delimiter: BLANKS } : { delimiter: ',' };
  const names = header.includes(best.delimiter) ? [] : wordsOf(header);
  if (names.length !== best.count + 1 || names.length < 2) return { delimiter: best.delimiter };
  return { delimiter: best.delimiter, header: names };
}

/**
 * A delimiter that was given: one to four characters; `tab` and `\t` mean a tabulator, and a blank any
 * run of blanks.
 * @throws Problem `invalid-parameter`
 */
export function givenLayout(given: string): Layout {
  if (given === 'tab' || given === '\\t') return { delimiter: '\t' };
  if (given === ' ' || given === BLANKS) return { delimiter: BLANKS };
  if (Buffer.byteLength(given) <= 4 && !/["\r\n\0]/.test(given)) return { delimiter: given };
  throw Problem.field(
    'invalid-parameter',
    'delimiter',
    'must be one to four bytes without a quote or line break; tab means a tabulator, blanks any run of blanks',
  );
}

const wordsOf = (line: string): string[] => line.trim().split(/[ \t]+/);

/** Whether lines are columns apart by blanks: equally many words, and no mere pairs of words. */
function areAligned(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '');
  const count = wordsOf(filled[0] ?? '').length;
  const equal = filled.filter((line) => wordsOf(line).length === count).length;
  const clear = count > 2 || filled.some((line) => /\S {2,}\S/.test(line));
  return count > 1 && filled.length > 1 && clear && equal >= 0.9 * filled.length;
}

function median(lines: readonly string[], delimiter: string): number {
  const counts = lines.map((line) => line.split(delimiter).length - 1).sort((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
}
