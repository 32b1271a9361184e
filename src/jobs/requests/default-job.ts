import type { DatasetAbout } from '../../analyses/analysis.js';
import { kindOf } from '../../data/schema.js';
import { Problem } from '../../errors/problem.js';

/**
 * The column that `start` and `end` of a request without analysis compare: the one that is configured, else the time
 * of the dataset, else its key where that is a number.
 * @param configured '' for none
 */
export function indexOf({ schema }: DatasetAbout, configured: string): string | null {
  if (configured !== '') return configured;
  const key = schema.columns.find(({ name }) => name === schema.key);
  const numbered = key !== undefined && kindOf(key) === 'number';
  return schema.time ?? (numbered ? key.name : null);
}

/** Names of numbers that only tell records apart. */
const IDENTIFIER =
  /^(id|no|nr|number|index|code|zip|postcode)$|[_ -](id|no|nr|number|code)$|^[a-z]+Id$/i;

/** The first number that measures something, one with a unit before others; null where there is none. */
function measurementOf({ schema }: DatasetAbout): string | null {
  const { key, position } = schema;
  const numbers = schema.columns.filter(
    (column) =>
      kindOf(column) === 'number' &&
      column.name !== key &&
      column.name !== position?.latitude &&
      column.name !== position?.longitude &&
      !IDENTIFIER.test(column.name),
  );
  return (numbers.find(({ unit }) => unit !== undefined) ?? numbers[0])?.name ?? null;
}

/**
 * What a request that names no analysis gets: how many records the dataset has over its index column; where that is
 * only the key, which every record has once, how its first measurement is distributed over them.
 * @param configured name of the index column; '' for none
 */
export function defaultJob(
  about: DatasetAbout,
  configured: string,
): {
  readonly analysis: string;
  readonly params: Readonly<Record<string, unknown>>;
} {
  const index = indexOf(about, configured);
  if (index === null) {
    throw new Problem(
      'unsuitable-column',
      `dataset ${about.name} has neither a time column nor a number for its key, which start and end could refer to; name an analysis, or a column by DEFAULT_INDEX`,
    );
  }
  const telling = configured !== '' || index !== about.schema.key;
  return {
    analysis: 'histogram',
    params: { column: telling ? index : (measurementOf(about) ?? index) },
  };
}
