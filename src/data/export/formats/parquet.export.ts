import { quoteIdentifier, quoteLiteral } from '../../identifier.js';
import { exportedSchema } from '../exported-schema.js';
import type { ExportFormat } from '../export-format.js';

/** Columns with their types; the schema with units and descriptions is in the metadata `almanac`. */
export const parquet: ExportFormat = {
  kind: 'file',
  type: 'application/vnd.apache.parquet',
  extension: 'parquet',
  copy: ({ columns, schema }) => ({
    select: columns
      .map(({ name, type }) => {
        const column = quoteIdentifier(name);
        return type === 'timestamp' ? `${column} AT TIME ZONE 'UTC' AS ${column}` : column;
      })
      .join(', '),
    options: `FORMAT parquet, COMPRESSION zstd, KV_METADATA {almanac: ${quoteLiteral(JSON.stringify(exportedSchema({ ...schema, columns })))}}`,
  }),
};
