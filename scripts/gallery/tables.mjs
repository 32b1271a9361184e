// The tables of the gallery: those of vega-datasets, and seeded ones where awkward data are wanted.
import { readFileSync } from 'node:fs';

import { normal, uniform } from './random.mjs';

const folder = new URL('../../node_modules/vega-datasets/data/', import.meta.url);

/**
 * A table as it is loaded, and what is said about it.
 *
 * @typedef {{ body: string | Uint8Array, about?: { title: string } }} Table
 */

/** @type {(name: string, about: { title: string }) => () => Table} */
const file = (name, about) => () => ({ body: readFileSync(new URL(name, folder)), about });
/** @type {(list: readonly object[], about: { title: string }) => () => Table} */
const rows = (list, about) => () => ({ body: JSON.stringify(list), about });

/**
 * `n` rows of a seeded table.
 *
 * @template T
 * @param {number} n
 * @param {(i: number) => T} row
 */
const made = (n, row) => Array.from({ length: n }, (_, i) => row(i));

const clouds = (() => {
  const noise = normal(11);
  return made(60_000, (i) => {
    const second = i % 3 === 0;
    const a = noise();
    return {
      x: Number(((second ? 4 : 0) + a * (second ? 0.6 : 1.2)).toFixed(4)),
      y: Number(((second ? 1 : 0) + a * (second ? 0.2 : 0.8) + noise() * 0.7).toFixed(4)),
    };
  });
})();

const powers = (() => {
  const random = uniform(5);
  return made(4_000, (i) => ({
    x: i % 40 === 0 ? 0 : Number((10 ** (random() * 12 - 4)).toPrecision(4)),
    y: Number((10 ** (random() * 3)).toPrecision(4)),
  }));
})();

const towns = (() => {
  const random = uniform(3);
  const syllables = [
    'ar',
    'ben',
    'cor',
    'dun',
    'el',
    'fir',
    'gal',
    'hol',
    'in',
    'kes',
    'lo',
    'mar',
  ];
  return made(3_000, () => {
    const i = Math.floor(random() ** 2 * 45);
    const name = `${syllables[i % 12]}${syllables[(Math.floor(i / 12) + 5 * i + 2) % 12]}${i % 2 === 0 ? 'ton' : 'field'}`;
    return {
      town: name.slice(0, 1).toUpperCase() + name.slice(1),
      visitors: Math.round(random() * 900),
    };
  });
})();

const sentences = [
  'Carbonaceous chondrite with refractory inclusions and a fusion crust',
  'Ordinary chondrite, low iron, petrologic type 6, strongly shocked',
  'Pallasite: olivine crystals in an iron-nickel matrix',
  'Mesosiderite, a breccia of basalt and metal',
  'Howardite from the surface of Vesta',
  'Octahedrite of the chemical group IIIAB, medium structure',
];
const sorts = (() => {
  const random = uniform(17);
  return made(400, (i) => ({
    kind: sentences[Math.floor(random() ** 1.6 * 6)],
    mass: Number((10 ** (random() * 4)).toPrecision(3)),
    found: i % 7 === 0 ? 'fell' : 'found',
  }));
})();

const cities = [
  ['القاهرة', 10.2],
  ['الإسكندرية', 5.4],
  ['الدار البيضاء', 3.7],
  ['بغداد', 7.7],
  ['الرياض', 7.0],
  ['ירושלים', 1.0],
  ['תל אביב', 0.5],
].map(([city, people]) => ({ city, people }));

const wide = [
  ['東京', 14.2],
  ['上海市', 24.9],
  ['서울', 9.4],
  ['北京市', 21.9],
  ['大阪', 2.8],
  ['부산', 3.3],
].map(([city, people]) => ({ city, people }));

const centuries = (() => {
  const noise = normal(23);
  let level = 100;
  return made(1_200, (i) => {
    level += noise() * 3;
    const year = String(900 + i).padStart(4, '0');
    return { day: `${year}-07-01`, level: Number(level.toFixed(2)) };
  });
})();

const quakes = (() => {
  const [noise, random] = [normal(31), uniform(32)];
  return made(1_500, () => {
    const t = random();
    const longitude = 165 + t * 35 + noise() * 1.2;
    return {
      longitude: Number((longitude > 180 ? longitude - 360 : longitude).toFixed(3)),
      latitude: Number((-48 + t * 33 + noise() * 1.2).toFixed(3)),
      depth: Math.round(Math.abs(noise()) * 180),
    };
  });
})();

const voyage = made(160, (i) => {
  const longitude = 110 + i * 0.9;
  return {
    hour: i,
    ship: i % 2 === 0 ? 'Northern route' : 'Southern route',
    longitude: Number((longitude > 180 ? longitude - 360 : longitude).toFixed(3)),
    latitude: Number(((i % 2 === 0 ? 20 : -20) + Math.sin(i / 18) * 14).toFixed(3)),
    speed: Number((14 + Math.cos(i / 9) * 4).toFixed(2)),
  };
});

const gaps = made(200, (i) => ({
  hour: i,
  level: i % 50 < 34 ? Number((Math.sin(i / 12) * 4 + 10).toFixed(3)) : null,
  nothing: null,
}));

export const tables = {
  cars: file('cars.json', { title: 'Cars' }),
  weather: file('seattle-weather.csv', { title: 'Weather in Seattle' }),
  co2: file('co2-concentration.csv', { title: 'Carbon dioxide on Mauna Loa' }),
  industries: file('unemployment-across-industries.json', { title: 'Unemployment' }),
  penguins: file('penguins.json', { title: 'Penguins of the Palmer Archipelago' }),
  gapminder: file('gapminder.json', { title: 'Countries of the world' }),
  'co2-concentration': file('co2-concentration.csv', { title: 'Carbon dioxide' }),
  earthquakes: file('earthquakes.json', { title: 'Earthquakes' }),
  movies: file('movies.json', { title: 'Films' }),
  airports: file('airports.csv', { title: 'Airports of the United States' }),
  barley: file('barley.json', { title: 'Barley yields in Minnesota' }),
  clouds: rows(clouds, { title: 'Two clouds' }),
  powers: rows(powers, { title: 'Twelve orders of magnitude' }),
  towns: rows(towns, { title: 'Towns' }),
  sorts: rows(sorts, { title: 'Sorts of meteorites' }),
  cities: rows(cities, { title: 'مدن' }),
  wide: rows(wide, { title: '都市' }),
  centuries: rows(centuries, { title: 'Twelve centuries' }),
  quakes: rows(quakes, { title: 'Earthquakes' }),
  voyage: rows(voyage, { title: 'Two voyages' }),
  gaps: rows(gaps, { title: 'Levels' }),
  stops: rows(
    [
      { stop: 0, name: 'start', latitude: 16, longitude: 82 },
      { stop: 1, name: 'stony', latitude: 17.937, longitude: 83.364 },
      { stop: 2, name: 'iron', latitude: 16.715, longitude: 82.846 },
      { stop: 3, name: 'stony', latitude: 16.25, longitude: 82.5 },
      { stop: 4, name: 'iron', latitude: 17, longitude: 83 },
      { stop: 5, name: 'stony-iron', latitude: 17.75, longitude: 82.125 },
    ],
    { title: 'A trip in Syrtis Major, Mars' },
  ),
  single: rows([{ x: 3, y: 7, kind: 'only' }], { title: 'One row' }),
};
