import { alternate, timed } from '../measure/alternate.mjs';

/** The whole table as a file, until its last byte has come. */
export async function measureExport({ options, table, almanac, naive, raw, dataset }) {
  if (!table.exported) return [];
  const results = [];
  const { columns } = await almanac.client.json(`/datasets/${dataset}`);
  const rounds = Math.min(options.repetitions, table.repetitions);
  for (const format of naive === null ? ['json'] : ['json', 'csv']) {
    const ours = `/datasets/${dataset}/export?format=${format}`;
    const sides = { ours: () => timed(() => almanac.client.drain(ours)) };
    if (naive !== null) sides.naive = () => timed(() => naive.client.drain(`/export.${format}`));
    if (format === 'json') sides.raw = () => timed(() => raw.exportJson(columns));
    const times = await alternate(sides, rounds);
    const megabytes = (await almanac.client.drain(ours)) / 1e6;
    results.push(...lines(`whole table as ${format.toUpperCase()} over HTTP`, times, megabytes));
  }
  return results;
}

function lines(what, times, megabytes) {
  const naive =
    times.naive === undefined
      ? []
      : [
          {
            what,
            ours: times.ours,
            against: 'naive: read all, JSON.parse, write',
            other: times.naive,
            unit: 'ms',
          },
        ];
  if (times.raw === undefined) return naive;
  const raw = {
    what,
    ours: rate(times.ours, megabytes),
    against: 'raw DuckDB, to_json to a null sink',
    other: rate(times.raw, megabytes),
    unit: 'MB/s',
    target: { atLeast: 0.7 },
  };
  return [...naive, raw];
}

const rate = ({ median, least, most, values }, megabytes) => ({
  median: (megabytes / median) * 1000,
  least: (megabytes / most) * 1000,
  most: (megabytes / least) * 1000,
  values: values.map((milliseconds) => (megabytes / milliseconds) * 1000),
});
