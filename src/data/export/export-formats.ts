import type { ExportFormat } from './export-format.js';
import { geojson } from './formats/geojson.export.js';
import { json, ndjson } from './formats/json.export.js';
import { parquet } from './formats/parquet.export.js';
import { csv, tsv } from './formats/separated.export.js';
import { xml } from './formats/xml.export.js';
import { yaml } from './formats/yaml.export.js';

/** The formats in which a table is exported; the first is the default. */
export const EXPORT_FORMATS = { json, ndjson, csv, tsv, xml, yaml, geojson, parquet } as const;

export type ExportName = keyof typeof EXPORT_FORMATS;
export const EXPORT_NAMES = Object.keys(EXPORT_FORMATS) as ExportName[];
export const exportFormat = (name: ExportName): ExportFormat => EXPORT_FORMATS[name];
