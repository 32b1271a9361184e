import { createRequire } from 'node:module';

type Library = typeof import('@duckdb/node-api');

/**
 * DuckDB for Node. It is required, not imported: to import CommonJS, Node first reads all its two hundred files for
 * the names of their exports, which takes twice the time of loading them.
 */
const require = createRequire(import.meta.url);

export const { DuckDBInstance, DuckDBTypeId } = require('@duckdb/node-api') as Library;
export type DuckDBInstance = InstanceType<Library['DuckDBInstance']>;
