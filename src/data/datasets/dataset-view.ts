import { formatVersion } from '../schema.js';
import type { DatasetRecord } from '../store/dataset-record.js';
import type { DatasetSource } from '../store/source-store.js';
import { visibleColumns } from '../query/output.js';

/** A dataset as it is listed. */
export function datasetSummary(record: DatasetRecord): Record<string, unknown> {
  const { name, about, rows, schema, version, created, loaded } = record;
  return {
    name,
    title: about.title ?? name,
    ...about,
    rows,
    columns: schema.columns.length,
    version: formatVersion(version),
    created,
    loaded,
    links: linksOf(name),
  };
}

/** A dataset with its columns. */
export function datasetView(record: DatasetRecord): Record<string, unknown> {
  const { schema } = record;
  return {
    ...datasetSummary(record),
    key: schema.key,
    time: schema.time,
    position: schema.position,
    columns: visibleColumns(schema),
  };
}

/** A dataset that was declared by its source and not loaded yet, as it is listed. */
export function declaredSummary(
  name: string,
  { url, about, created }: DatasetSource,
): Record<string, unknown> {
  return {
    name,
    title: name,
    ...about,
    source: url,
    rows: 0,
    columns: 0,
    version: null,
    created,
    loaded: null,
    links: { self: `/datasets/${name}`, load: `/datasets/${name}/load` },
  };
}

/** The same by itself. */
export const declaredView = (name: string, source: DatasetSource): Record<string, unknown> => ({
  ...declaredSummary(name, source),
  key: null,
  time: null,
  position: null,
  columns: [],
});

const linksOf = (name: string): Record<string, string> => ({
  self: `/datasets/${name}`,
  records: `/datasets/${name}/records`,
  summary: `/datasets/${name}/summary`,
  export: `/datasets/${name}/export`,
  schema: `/datasets/${name}/schema`,
  versions: `/datasets/${name}/versions`,
  cite: `/datasets/${name}/cite`,
  loadReport: `/datasets/${name}/load-report`,
  rejects: `/datasets/${name}/rejects`,
});
