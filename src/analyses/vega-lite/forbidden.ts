import { placesIn, refuse, type Place } from './spec-walk.js';

/** The name by which a specification asks for the rows. */
export const DATA_NAME = 'dataset';

const BY_NAME = `must be {"name": "${DATA_NAME}"}: the rows of the job are the data`;
/** Generators of data that need nothing from outside. */
const GENERATORS = ['sequence', 'sphere', 'graticule'];
const PROTOTYPE = ['__proto__', 'constructor', 'prototype'];

/**
 * Refuses what reaches out of a specification: data of its own, addresses, links, images, and the
 * prototypes of objects. Expressions are not searched here: they are interpreted, never compiled, and
 * know no way out.
 * @throws Problem `invalid-parameter` with the place
 */
export function refuseForbidden(spec: unknown): void {
  for (const place of placesIn(spec)) {
    refuseKey(place);
    if (place.key === 'data') checkData(place);
    if (typeof place.value === 'string') refuseText(place, place.value);
  }
}

function refuseKey({ key, path }: Place): void {
  if (PROTOTYPE.includes(key)) refuse(path, 'is not a name that a specification may use');
  if (key === 'url') refuse(path, `is refused: nothing is fetched or read; data ${BY_NAME}`);
  if (key === 'href') refuse(path, 'is refused: a picture has no links');
  if (key === 'datasets') refuse(path, `is refused; data ${BY_NAME}`);
}

function checkData({ value, path }: Place): void {
  if (value === null || typeof value !== 'object') return; // the schema judges these
  const keys = Object.keys(value);
  if (GENERATORS.some((one) => keys.includes(one))) return;
  if (keys.includes('values')) refuse(`${path}.values`, `is refused; data ${BY_NAME}`);
  if (keys.includes('url')) refuse(`${path}.url`, `is refused; data ${BY_NAME}`);
  if ((value as { name?: unknown }).name !== DATA_NAME) refuse(path, BY_NAME);
}

function refuseText({ key, path }: Place, text: string): void {
  if ((key === 'mark' || key === 'type') && text === 'image') {
    refuse(path, 'is refused: image marks load pictures from addresses');
  }
  if (PROTOTYPE.includes(text) || text.includes('__proto__')) {
    refuse(path, `${JSON.stringify(text)} is not a name that a specification may use`);
  }
  if (/url\s*\(/i.test(text)) refuse(path, 'is refused: url(...) leads out of the picture');
}
