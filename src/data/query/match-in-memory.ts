import type { ColumnData, Columns, TextColumn } from '../columns.js';
import type { Schema } from '../schema.js';
import type { Condition, Filter, Operator } from './filter.js';
import { foldedAscii, foldedName } from './folded-text.js';

/** The numbers of a column that is held as such. */
export function numbers(data: ColumnData | undefined): Float64Array {
  if (data === undefined || data.kind === 'text')
    throw new Error('a column is not held as numbers');
  return data.values;
}

/** Positions of the rows of a filter, ascending. */
export function matchInMemory(
  length: number,
  columns: Columns,
  schema: Schema,
  filter: Filter,
): Uint32Array {
  const all = new Uint32Array(length);
  for (let at = 0; at < length; at++) all[at] = at;
  const conditions = [...filter.conditions, ...ofRange(filter)];
  const conditioned = conditions.reduce<Uint32Array>(
    (kept, condition) => keep(kept, columns[condition.column.name], condition),
    all,
  );
  const boxed = keepInBox(conditioned, columns, schema, filter);
  if (filter.words.length === 0) return boxed;
  const texts = schema.columns.filter(({ type }) => type === 'text');
  const folded = texts.map(({ name }) => textOf(columns[foldedName(name)]));
  return filter.words.reduce((kept, word) => keepWord(kept, folded, foldedAscii(word)), boxed);
}

function ofRange({ range }: Filter): Condition[] {
  if (range === null) return [];
  const { column, from, to, before } = range;
  return [
    ...(from === null ? [] : [{ column, operator: 'gte' as const, values: [from] }]),
    ...(to === null ? [] : [{ column, operator: before ? 'lt' : 'lte', values: [to] } as const]),
  ];
}

function textOf(data: ColumnData | undefined): TextColumn {
  if (data?.kind !== 'text') throw new Error('a column is not held as text');
  return data;
}

const PARTS: Partial<Record<Operator, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

function keep(
  kept: Uint32Array,
  data: ColumnData | undefined,
  { operator, values }: Condition,
): Uint32Array {
  const part = PARTS[operator];
  if (part !== undefined) {
    const { dictionary, codes } = textOf(data);
    return keepFlagged(kept, [{ codes, flags: flagsOf(dictionary, part, values) }]);
  }
  if (data?.kind === 'text') {
    const wanted = values.map((value) => data.dictionary.indexOf(value));
    return keepFlagged(kept, [
      { codes: data.codes, flags: flags(operator, wanted, data.dictionary.length) },
    ]);
  }
  const held = numbers(data);
  const bounds = values.map(Number);
  // Of several bounds that which is the easiest to meet.
  if (operator === 'gt' || operator === 'gte') {
    return keepBeyond(kept, held, 1, Math.min(...bounds), operator === 'gte');
  }
  if (operator === 'lt' || operator === 'lte') {
    return keepBeyond(kept, held, -1, Math.max(...bounds), operator === 'lte');
  }
  return keepEqual(kept, held, operator, new Set(bounds));
}

/** For each code of a text column whether it is kept; the first is that of null, which equals nothing. */
function flags(operator: Operator, wanted: readonly number[], codes: number): Uint8Array {
  const inverse = operator === 'not' || operator === 'notin' || operator === 'notnull';
  const kept = new Uint8Array(codes + 1).fill(inverse ? 1 : 0);
  if (operator === 'isnull' || operator === 'notnull') kept[0] = inverse ? 0 : 1;
  for (const code of wanted) if (code >= 0) kept[code + 1] = inverse ? 0 : 1;
  return kept;
}

/** For each code whether its text has any of the parts; null has none. */
function flagsOf(
  dictionary: readonly string[],
  has: (text: string, part: string) => boolean,
  parts: readonly string[],
): Uint8Array {
  const flagged = new Uint8Array(dictionary.length + 1);
  dictionary.forEach((text, code) => {
    if (parts.some((part) => has(text, part))) flagged[code + 1] = 1;
  });
  return flagged;
}

/** Rows where some text column has the word. */
const keepWord = (kept: Uint32Array, texts: readonly TextColumn[], word: string): Uint32Array =>
  keepFlagged(
    kept,
    texts.map(({ codes, dictionary }) => ({
      codes,
      flags: flagsOf(dictionary, (text, part) => text.includes(part), [word]),
    })),
  );

function keepInBox(
  kept: Uint32Array,
  columns: Columns,
  { position }: Schema,
  { box }: Filter,
): Uint32Array {
  if (box === null || position === null) return kept;
  const [west, south, east, north] = box;
  const latitudes = numbers(columns[position.latitude]);
  const longitudes = numbers(columns[position.longitude]);
  const across = west > east; // over the 180th meridian
  return kept.filter((at) => {
    const [latitude, longitude] = [latitudes[at] ?? NaN, longitudes[at] ?? NaN];
    if (!(latitude >= south && latitude <= north)) return false;
    const [inside, until] = [longitude >= west, longitude <= east];
    return across ? inside || until : inside && until;
  });
}

// What follows runs over every row: without a call for each, and without an iterator, which takes four times as long.
/* eslint-disable @typescript-eslint/prefer-for-of */

/** Rows whose code is flagged in any of some columns; the first flag is that of null. */
function keepFlagged(
  kept: Uint32Array,
  columns: readonly { codes: Int32Array; flags: Uint8Array }[],
): Uint32Array {
  let count = 0;
  for (let index = 0; index < kept.length; index++) {
    const at = kept[index] ?? 0;
    for (let place = 0; place < columns.length; place++) {
      const { codes, flags } = columns[place] ?? NO_TEXT;
      if (flags[(codes[at] ?? -1) + 1] !== 1) continue;
      kept[count++] = at;
      break;
    }
  }
  return kept.subarray(0, count);
}

/** @param sign -1 turns the comparison round */
function keepBeyond(
  kept: Uint32Array,
  values: Float64Array,
  sign: number,
  bound: number,
  included: boolean,
): Uint32Array {
  const limit = sign * bound;
  let count = 0;
  for (let index = 0; index < kept.length; index++) {
    const at = kept[index] ?? 0;
    const value = sign * (values[at] ?? NaN);
    if (value > limit || (included && value === limit)) kept[count++] = at;
  }
  return kept.subarray(0, count);
}

function keepEqual(
  kept: Uint32Array,
  values: Float64Array,
  operator: Operator,
  wanted: ReadonlySet<number>,
): Uint32Array {
  const inverse = operator === 'not' || operator === 'notin' || operator === 'notnull';
  const nulls = operator === 'isnull' || operator === 'notnull';
  let count = 0;
  for (let index = 0; index < kept.length; index++) {
    const at = kept[index] ?? 0;
    const value = values[at] ?? NaN;
    const found = nulls ? Number.isNaN(value) : wanted.has(value);
    if (found !== inverse) kept[count++] = at;
  }
  return kept.subarray(0, count);
}

const NO_TEXT = { codes: new Int32Array(0), flags: new Uint8Array(1) };

/* eslint-enable @typescript-eslint/prefer-for-of */
