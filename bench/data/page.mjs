import { URLSearchParams } from 'node:url';

import { alternate, timed } from '../measure/alternate.mjs';
import { median } from '../measure/statistics.mjs';

const LIMIT = 100;
const NAIVE_PAGES = 3;
const SETTLE = 30;

/**
 * A filtered page, sorted by another column, with the total: one request after the other. No question is
 * asked twice, so no side can keep an answer; what the same question costs again is a line of its own.
 */
export async function measurePage({ options, table, almanac, naive, raw, dataset }) {
  const { columns } = await almanac.client.json(`/datasets/${dataset}`);
  const rounds = Math.min(options.repetitions, table.repetitions + 2);
  let asked = 0;
  const ask = {
    ours: () => almanac.client.drain(pagePath(dataset, table.question(asked++))),
    raw: () => rawPage(raw, columns, table.question(asked++)),
    naive: () => naive.client.drain(naivePath(table.question(asked++))),
  };
  await checkEqual({ table, almanac, naive, raw, dataset, columns });
  for (let count = 0; count < Math.min(SETTLE, table.pages); count++) await ask.ours();
  const again = pagePath(dataset, table.question(asked++));
  const sides = {
    ours: () => middle(table.pages, ask.ours),
    again: () => middle(table.pages, () => almanac.client.drain(again)),
    raw: () => middle(table.pages, ask.raw),
    ...(naive === null ? {} : { naive: () => middle(NAIVE_PAGES, ask.naive) }),
  };
  return results(await alternate(sides, rounds));
}

function results(times) {
  const what = 'filtered, sorted page of 100 with its total over HTTP';
  const first =
    times.naive === undefined
      ? []
      : [
          {
            what,
            ours: times.ours,
            against: 'naive: read, filter and sort in JavaScript, over HTTP',
            other: times.naive,
            unit: 'ms',
            target: { atLeast: 50 },
          },
        ];
  const raw = { against: 'raw DuckDB in one process', other: times.raw, unit: 'ms' };
  return [
    ...first,
    { what, ours: times.ours, ...raw, compare: 'extra', target: { atMost: 3 } },
    {
      what: 'the same page asked for again',
      ours: times.again,
      against: 'a page not asked for before',
      other: times.ours,
      unit: 'ms',
      compare: 'share',
    },
  ];
}

export function pagePath(dataset, { equal: [equal, value], above: [above, than] }) {
  const query = new URLSearchParams({
    [equal]: value,
    [`${above}__gt`]: String(than),
    sort: `-${above}`,
    limit: String(LIMIT),
  });
  return `/datasets/${dataset}/records?${query}`;
}

function naivePath({ equal: [equal, value], above: [above, than] }) {
  return `/records?${new URLSearchParams({ equal, value, above, than: String(than), limit: String(LIMIT) })}`;
}

export const rawPage = (raw, columns, { equal: [equal, value], above: [above, than] }) =>
  raw.page(
    columns,
    `"${equal}" = $1 AND "${above}" > $2`,
    [value, than],
    `"${above}" DESC NULLS LAST`,
    LIMIT,
  );

async function middle(times, call) {
  const values = [];
  for (let count = 0; count < times; count++) values.push(await timed(call));
  return median(values);
}

async function checkEqual({ table, almanac, naive, raw, dataset, columns }) {
  const question = table.question(0);
  const answers = [
    await almanac.client.json(pagePath(dataset, question)),
    await rawPage(raw, columns, question),
    ...(naive === null ? [] : [await naive.client.json(naivePath(question))]),
  ];
  const totals = answers.map(({ total }) => total);
  const lengths = answers.map(({ records }) => records.length);
  if (new Set(totals).size !== 1 || new Set(lengths).size !== 1) {
    throw new Error(`the sides do not agree: totals ${totals}, records ${lengths}`);
  }
}
