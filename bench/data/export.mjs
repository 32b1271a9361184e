import { alternate, timed } from '../measure/alternate.mjs';

/** The whole table as a file, until its last byte has come. */
export async function measureExport({ options, almanac, naive, raw, dataset }) {
  const results = [];
  const { columns } = await almanac.client.json(`/datasets/${dataset}`);
  for (const format of ['json', 'csv']) {
    const ours = `/datasets/${dataset}/export?format=${format}`;
    const what = `whole table as ${format.toUpperCase()} over HTTP`;
    const times = await alternate(
      {
        ours: () => timed(() => almanac.client.drain(ours)),
        naive: () => timed(() => naive.client.drain(`/export.${format}`)),
        ...(format === 'json' ? { raw: () => timed(() => raw.exportJson(columns)) } : {}),
      },
      options.repetitions,
    );
    results.push({
      what,
      ours: times.ours,
      against: 'naive: read all, JSON.parse, write',
      other: times.naive,
      unit: 'ms',
    });
    if (times.raw === undefined) continue;
    const megabytes = (await almanac.client.drain(ours)) / 1e6;
    results.push({
      what,
      ours: rate(times.ours, megabytes),
      against: 'raw DuckDB, to_json to a null sink',
      other: rate(times.raw, megabytes),
      unit: 'MB/s',
      target: { atLeast: 0.7 },
    });
  }
  return results;
}

const rate = ({ median, least, most, values }, megabytes) => ({
  median: (megabytes / median) * 1000,
  least: (megabytes / most) * 1000,
  most: (megabytes / least) * 1000,
  values: values.map((milliseconds) => (megabytes / milliseconds) * 1000),
});
