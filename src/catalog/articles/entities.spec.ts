import { describe, expect, it } from '@jest/globals';

import { entitiesOf } from './entities.js';
import { entityTypes, wordsOf } from './entity.js';

const textsOf = (found: readonly { readonly text: string }[]): string[] =>
  found.map(({ text }) => text);

describe('the entities of a text', () => {
  it('are people, places, organisations, dates and amounts', () => {
    const found = entitiesOf(
      'On March 3rd 2021 Barack Obama met Angela Merkel of Apple Inc. in Paris, France, and paid $3.5 million, 20% of it to the United Nations. Then Barack Obama left.',
    );
    expect(found.people).toEqual([
      { text: 'Barack Obama', count: 2 },
      { text: 'Angela Merkel', count: 1 },
    ]);
    expect(textsOf(found.places).join()).toContain('Paris');
    expect(textsOf(found.organisations)).toEqual(['Apple Inc', 'United Nations']);
    expect(textsOf(found.dates)).toEqual(['March 3rd 2021']);
    expect(textsOf(found.amounts)).toEqual(['$3.5 million', '20%']);
  });

  it('are institutions and peoples too', () => {
    const found = entitiesOf(
      'The American people and the Supreme Court asked Congress about Texas.',
    );
    expect(textsOf(found.groups)).toEqual(['American']);
    expect(textsOf(found.organisations)).toEqual(['Congress', 'Supreme Court']);
    expect(textsOf(found.places)).toEqual(['Texas']);
  });

  it('are countries each, where hyphens join them', () => {
    const { places } = entitiesOf('The U.S.-Mexico-Canada Agreement left out Guinea-Bissau.');
    expect(textsOf(places)).toEqual(['Canada', 'Guinea-Bissau', 'Mexico', 'US']);
  });

  it('are none in a text without any', () => {
    const none = Object.fromEntries(entityTypes.map((type) => [type, []]));
    expect(entitiesOf('')).toEqual(none);
    expect(entitiesOf('the cat sat on the mat.')).toEqual(none);
  });

  it('are counted over a text of many parts as often as they occur', () => {
    const line = 'Barack Obama went home to sleep, and nothing else happened that mattered. ';
    expect(entitiesOf(line.repeat(600)).people).toEqual([{ text: 'Barack Obama', count: 600 }]);
  });
});

it('counts words', () => {
  expect([wordsOf(''), wordsOf(' one  two\nthree ')]).toEqual([0, 3]);
});
