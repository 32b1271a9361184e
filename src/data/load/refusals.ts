import { MAX_REJECTS, type Refusals, type Reject, type Source } from './source.js';

const MAX_VALUE_CHARACTERS = 200;

/** A value as a report shows it. */
export const shown = (value: unknown): string => String(value).slice(0, MAX_VALUE_CHARACTERS);

/** The refusals of all steps together, in the order of the file, with lines where it has lines. */
export async function joinRefusals(source: Source, all: readonly Refusals[]): Promise<Refusals> {
  const rejects = await withLines(
    source,
    all.flatMap((one) => one.rejects),
  );
  rejects.sort((a, b) => placeOf(a) - placeOf(b));
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    rejects: rejects.slice(0, MAX_REJECTS),
  };
}

const placeOf = ({ line, record }: Reject): number => line ?? record ?? 0;

async function withLines({ linesOf }: Source, rejects: readonly Reject[]): Promise<Reject[]> {
  const missing = rejects.flatMap(({ line, record }) =>
    line === undefined && record !== undefined ? [record] : [],
  );
  if (linesOf === undefined || missing.length === 0) return [...rejects];
  const records = [...new Set(missing)].sort((a, b) => a - b);
  const lines = await linesOf(records);
  const byRecord = new Map(records.map((record, index) => [record, lines[index]]));
  return rejects.map((reject) => {
    const line = reject.line ?? byRecord.get(reject.record ?? 0);
    return line === undefined || line === 0 ? reject : { line, ...reject };
  });
}
