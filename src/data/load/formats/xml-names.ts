/** Attributes of a text element that say something of its column rather than of its value. */
const ABOUT = ['name', 'unit', 'units'];

/** Whether the attributes of an element leave it a plain value. */
export const isPlain = (attributes: Readonly<Record<string, string>>): boolean =>
  Object.keys(attributes).every((name) => ABOUT.includes(name) || isTechnical(name));

/** Attributes of XML itself, such as declarations of namespaces. */
export const isTechnical = (name: string): boolean => /^(xmlns|xml:|xsi:)/.test(name);

export const isNil = (attributes: Readonly<Record<string, string>>): boolean =>
  attributes['xsi:nil'] === 'true' || attributes['xsi:nil'] === '1';

/** Whether an element may say by its attribute what its column is called. */
export const isNamed = (attributes: Readonly<Record<string, string>>): boolean =>
  attributes['name'] !== undefined && isPlain(attributes);

export const unitOf = (attributes: Readonly<Record<string, string>>): string | undefined =>
  attributes['unit'] ?? attributes['units'];

/** A tag that stands for no name of its own: the attribute `name` has it. */
export const NAMELESS = 'column';

/**
 * The column name of an element: its tag, or what its attribute `name` says where the tag was only made
 * from that, as in `<mass_g name="mass (g)">`.
 */
export function columnNameOf(tag: string, attributes: Readonly<Record<string, string>>): string {
  const { name } = attributes;
  if (name === undefined || !isPlain(attributes)) return tag;
  return tag === NAMELESS || letters(tag) === letters(name) ? name : tag;
}

export const letters = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
