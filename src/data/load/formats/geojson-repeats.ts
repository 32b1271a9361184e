import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteLiteral } from '../../identifier.js';
import { LATITUDE, LONGITUDE } from '../roles.js';
import { pointerTo } from './json-table.js';

export const propertyPointer = (key: string): string => `/properties${pointerTo(key)}`;
export const coordinate = (index: number): string => `/geometry/coordinates/${String(index)}`;

/** Whether a pointer is that of longitude or latitude of a point. */
export const isPosition = (pointer: string): boolean =>
  pointer === coordinate(0) || pointer === coordinate(1);

/** What a feature says outside of its properties, and need not become columns. */
export interface Repeats {
  /** There is no id, or a property is the same. */
  readonly id: boolean;
  /** Properties hold longitude and latitude. */
  readonly position: boolean;
}

/**
 * Ids and positions that stand among the properties too, as in tables that were exported as GeoJSON:
 * making columns of them again would double them.
 */
export async function findRepeats(
  connection: DuckDBConnection,
  objects: string,
  properties: readonly string[],
): Promise<Repeats> {
  const text = (pointer: string): string => `json_extract_string(json, ${quoteLiteral(pointer)})`;
  const same = (a: string, b: string): string => `bool_and(${a} IS NOT DISTINCT FROM ${b})`;
  const number = (pointer: string): string => `TRY_CAST(${text(pointer)} AS DOUBLE)`;
  const longitude = properties.find((key) => LONGITUDE.test(key));
  const latitude = properties.find((key) => LATITUDE.test(key));
  const position =
    longitude === undefined || latitude === undefined
      ? 'false'
      : `${same(number(propertyPointer(longitude)), number(coordinate(0)))}
         AND ${same(number(propertyPointer(latitude)), number(coordinate(1)))}`;
  const ids = properties.map((key) => same(text(propertyPointer(key)), text('/id')));
  const result = await connection.runAndReadAll(
    `SELECT count(${text('/id')}) = 0${ids.map((id) => ` OR ${id}`).join('')}, ${position} FROM ${objects}`,
  );
  const [id, there] = result.getRows()[0] ?? [];
  return { id: id === true, position: there === true };
}
