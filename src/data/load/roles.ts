import type { Column } from '../schema.js';

/**
 * Which columns hold the time and the position of a record, found by type and name.
 */
const TIME_NAME = /^(year|time|date|datetime|timestamp|epoch)$/i;
export const LATITUDE = /^(lat|latitude|reclat|decimal_?latitude|y_?lat)$/i;
export const LONGITUDE = /^(lon|long|lng|longitude|reclong|reclon|decimal_?longitude|x_?lon)$/i;

/** The first time or date column, else a whole number called like a time. */
export function findTime(columns: readonly Column[]): string | null {
  const time =
    columns.find(({ type }) => type === 'timestamp' || type === 'date') ??
    columns.find(({ name, type }) => type === 'integer' && TIME_NAME.test(name));
  return time?.name ?? null;
}

export function findPosition(
  columns: readonly Column[],
): { latitude: string; longitude: string } | null {
  const numbers = columns.filter(({ type }) => type === 'number' || type === 'integer');
  const latitude = numbers.find(({ name }) => LATITUDE.test(name))?.name;
  const longitude = numbers.find(({ name }) => LONGITUDE.test(name))?.name;
  if (latitude === undefined || longitude === undefined) return null;
  return { latitude, longitude };
}
