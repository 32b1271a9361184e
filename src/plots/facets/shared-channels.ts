import { extentOf } from '../extent.js';
import type { CategoryChannel, ColorChannel, Points, ValueChannel } from '../channels.js';
import type { Series } from '../picture.js';

/** Colours and sizes of points mean the same in every panel. */
export function sharedPoints(all: readonly Points[]): Points[] {
  const colors = sharedColors(all.flatMap(({ color }) => color ?? []));
  const sizes = sharedValues(all.flatMap(({ size }) => size ?? []));
  return all.map((points, i) => ({
    ...points,
    ...(colors[i] === undefined ? {} : { color: colors[i] }),
    ...(sizes[i] === undefined ? {} : { size: sizes[i] }),
  }));
}

function sharedColors(channels: readonly ColorChannel[]): ColorChannel[] {
  const texts = channels.filter((channel) => channel.kind === 'text');
  const values = channels.filter((channel) => channel.kind !== 'text');
  return texts.length > 0 ? sharedCategories(texts) : sharedValues(values);
}

function sharedValues(channels: readonly ValueChannel[]): ValueChannel[] {
  const [first] = channels;
  const scale = first?.kind === 'time' ? 'time' : (first?.scale ?? 'linear');
  const extent = extentOf(
    channels.map(({ values }) => values),
    scale,
  );
  return channels.map((channel) => (extent === null ? channel : { ...channel, extent }));
}

/** One dictionary for all, and one ranking of its entries. */
function sharedCategories(channels: readonly CategoryChannel[]): CategoryChannel[] {
  const dictionary = [...new Set(channels.flatMap((channel) => channel.dictionary))];
  const places = new Map(dictionary.map((name, code) => [name, code]));
  const counts = new Float64Array(dictionary.length);
  let missing = false;
  const coded = channels.map((channel) => {
    const own = channel.dictionary.map((name) => places.get(name) ?? -1);
    return channel.codes.map((code) => {
      const place = own[code] ?? -1;
      if (place === -1) missing = true;
      else counts[place] = (counts[place] ?? 0) + 1;
      return place;
    });
  });
  const codes = [...dictionary.keys()]
    .filter((code) => (counts[code] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const ranking = { codes, missing };
  return channels.map((channel, i) => ({
    ...channel,
    dictionary,
    codes: coded[i] ?? channel.codes,
    ranking,
  }));
}

const EMPTY = new Float64Array(0);

/** The same lines in every panel, those with the most points first; some are empty there. */
export function sharedSeries(all: readonly (readonly Series[])[]): Series[][] {
  const lengths = new Map<string, number>();
  for (const { name, x } of all.flat()) lengths.set(name, (lengths.get(name) ?? 0) + x.length);
  const names = [...lengths].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return all.map((series) => {
    return names.flatMap((name) => {
      const own = series.filter((one) => one.name === name);
      return own.length > 0 ? own : [{ name, x: EMPTY, y: EMPTY }];
    });
  });
}
