import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { random } from '../measure/random.mjs';
import { ROOT } from '../system/system.mjs';

const REAL = join(ROOT, '../shared/data/articles/state_of_the_union.jsonl.gz');
const COPIES = 100;
/** The beginning of each text: reading the whole of 64 addresses a hundred times takes hours. */
const CHARACTERS = 500;

/**
 * The articles that are sent: the 64 addresses a hundred times where they are at hand, else sentences with names.
 * @param {number | null} count how many instead
 */
export function chooseArticles(count) {
  const texts = existsSync(REAL) ? addresses() : sentences();
  const length = count ?? texts.length * COPIES;
  const articles = Array.from({ length }, (_, index) => ({
    id: `article-${index}`,
    body: texts[index % texts.length],
  }));
  const what = existsSync(REAL) ? 'State of the Union addresses' : 'generated sentences';
  return { articles, title: `${length} articles of ${CHARACTERS} characters, ${what}` };
}

const addresses = () =>
  gunzipSync(readFileSync(REAL))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).text.slice(0, CHARACTERS));

function sentences() {
  const next = random(1);
  const people = ['Barack Obama', 'Angela Merkel', 'Neil Armstrong', 'Marie Curie'];
  const places = ['Paris', 'Texas', 'Mexico', 'Spain'];
  const one = (list) => list[Math.floor(next() * list.length)];
  const sentence = () =>
    `In May ${one(people)} went to ${one(places)} and paid $20 million for it. `;
  return Array.from({ length: 64 }, () =>
    Array.from({ length: 10 }, sentence).join('').slice(0, CHARACTERS),
  );
}
