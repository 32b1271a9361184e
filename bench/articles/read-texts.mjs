// Finds the entities of texts for some seconds, without queue, thread or Redis, and prints how many texts a second:
//   node bench/articles/read-texts.mjs SECONDS < texts.json
import { text } from 'node:stream/consumers';

const { entitiesOf } = await import('../../dist/catalog/articles/entities.js');
const WARM_UP = 50;

const seconds = Number(process.argv[2]);
const texts = JSON.parse(await text(process.stdin));
for (let index = 0; index < WARM_UP; index++) entitiesOf(texts[index % texts.length]);
const begin = performance.now();
let read = 0;
while (performance.now() < begin + seconds * 1000) entitiesOf(texts[read++ % texts.length]);
console.log(read / ((performance.now() - begin) / 1000));
