import { URLSearchParams } from 'node:url';

import { alternate, timed } from '../measure/alternate.mjs';
import { median } from '../measure/statistics.mjs';

const RECCLASS = 'L6';
const MASS_ABOVE = 100;
const LIMIT = 100;
const PAGES = { ours: 40, naive: 3, raw: 40 };

/** A filtered page, sorted by another column, with the total: one request after the other. */
export async function measurePage({ options, almanac, naive, raw, dataset }) {
  const query = new URLSearchParams({
    recclass: RECCLASS,
    'mass (g)__gt': String(MASS_ABOVE),
    sort: '-mass (g)',
    limit: String(LIMIT),
  });
  const ours = `/datasets/${dataset}/records?${query}`;
  const theirs = `/records?recclass=${RECCLASS}&massAbove=${MASS_ABOVE}&limit=${LIMIT}`;
  const { columns } = await almanac.client.json(`/datasets/${dataset}`);
  const rawPage = () =>
    raw.page(
      columns,
      '"recclass" = $1 AND "mass (g)" > $2',
      [RECCLASS, MASS_ABOVE],
      '"mass (g)" DESC NULLS LAST',
      LIMIT,
    );
  checkEqual(await almanac.client.json(ours), await naive.client.json(theirs), await rawPage());

  const times = await alternate(
    {
      ours: () => middle(PAGES.ours, () => almanac.client.drain(ours)),
      naive: () => middle(PAGES.naive, () => naive.client.drain(theirs)),
      raw: () => middle(PAGES.raw, rawPage),
    },
    options.repetitions,
  );
  const what = 'filtered, sorted page with its total over HTTP';
  return [
    {
      what,
      ours: times.ours,
      against: 'naive: read, filter and sort in JavaScript, over HTTP',
      other: times.naive,
      unit: 'ms',
      target: { atLeast: 50 },
    },
    {
      what,
      ours: times.ours,
      against: 'raw DuckDB in one process',
      other: times.raw,
      unit: 'ms',
      compare: 'extra',
      target: { atMost: 3 },
    },
  ];
}

async function middle(times, call) {
  const values = [];
  for (let count = 0; count < times; count++) values.push(await timed(call));
  return median(values);
}

function checkEqual(ours, naive, raw) {
  const totals = [ours, naive, raw].map(({ total }) => total);
  const lengths = [ours, naive, raw].map(({ records }) => records.length);
  if (new Set(totals).size !== 1 || new Set(lengths).size !== 1) {
    throw new Error(`the sides do not agree: totals ${totals}, records ${lengths}`);
  }
}
