import { describe, expect, it } from '@jest/globals';

import { figuresOf } from './figures.js';
import type { Service } from './service.js';

interface Expected {
  readonly documents: number;
  readonly fields: readonly string[];
  readonly first: string;
  readonly last: string;
  readonly years: readonly number[];
  readonly characters: number;
  readonly words_split_on_white_space: number;
  readonly authors: number;
  readonly case_sensitive_substring_counts: Readonly<
    Record<string, { readonly documents: number; readonly occurrences: number }>
  >;
}

/** As a table of long texts; articles.spec.ts sends them through the queues. */
export function articles(service: Service): void {
  describe('articles, with texts of many pages', () => {
    const { expected, allCompared } = figuresOf<Expected>('articles');

    it('are a table, whose texts are whole', async () => {
      const body = await service.load('addresses', 'articles/state_of_the_union.jsonl.gz');
      const { format } = body.report;
      expect([body.rows, body.key, format]).toEqual([expected.documents, 'id', 'ndjson']);
      expect(body.columns.map(({ name }) => name)).toEqual(expected.fields);
      const { records } = await service.page('addresses', 'limit=1000');
      expect([records[0]?.['id'], records.at(-1)?.['id']]).toEqual([expected.first, expected.last]);
      expect(records.map(({ year }) => year)).toEqual(expected.years);
      const texts = records.map(({ text }) => String(text));
      const characters = texts.reduce((sum, text) => sum + Array.from(text).length, 0);
      expect(characters).toBe(expected.characters);
      const words = texts.flatMap((text) => text.split(/\s+/).filter((word) => word !== ''));
      expect(words).toHaveLength(expected.words_split_on_white_space);
      const [authors] = await service.aggregate('addresses', 'agg=distinct(author)');
      expect(authors?.['distinct(author)']).toBe(expected.authors);
      for (const [name, count] of Object.entries(expected.case_sensitive_substring_counts)) {
        expect(await service.total('addresses', `text__contains=${name}`)).toBe(count.documents);
        const occurrences = texts.reduce((sum, text) => sum + text.split(name).length - 1, 0);
        expect(occurrences).toBe(count.occurrences);
      }
    });

    allCompared({ use: 'says what the texts are for' });
  });
}
