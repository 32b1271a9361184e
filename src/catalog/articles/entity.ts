/** What is looked for in a text. Groups are peoples and nationalities, such as "American". */
export const entityTypes = [
  'people',
  'places',
  'organisations',
  'groups',
  'dates',
  'amounts',
] as const;
export type EntityType = (typeof entityTypes)[number];

export interface Mentioned {
  readonly text: string;
  /** How often it occurs. */
  readonly count: number;
}

export type Entities = Readonly<Record<EntityType, readonly Mentioned[]>>;

export const wordsOf = (text: string): number => text.match(/\S+/g)?.length ?? 0;
