/**
 * Epochs of orbit files (CCSDS 502.0-B, section 7.5.10): `2023-056T20:08:00.000Z` with the day of the year, or
 * `2023-02-25T20:08:00.000` with month and day. All are UTC.
 */
const BY_DAY = /^(\d{4})-(\d{3})T(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)Z?$/;
const BY_MONTH = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)Z?$/;

/** Milliseconds since 1970, or null for what is no epoch. */
export function epochTime(text: string): number | null {
  const byDay = BY_DAY.exec(text);
  if (byDay !== null) {
    const [, year, day, hour, minute, second] = byDay.map(Number);
    return timeOf(year, 1, day, hour, minute, second);
  }
  const byMonth = BY_MONTH.exec(text);
  if (byMonth === null) return null;
  const [, year, month, day, hour, minute, second] = byMonth.map(Number);
  return timeOf(year, month, day, hour, minute, second);
}

function timeOf(
  year = NaN,
  month = NaN,
  day = NaN,
  hour = NaN,
  minute = NaN,
  second = NaN,
): number | null {
  if (hour > 24 || minute > 59 || second >= 61 || month > 12 || month < 1 || day < 1 || day > 366)
    return null;
  const time = Date.UTC(year, month - 1, day, hour, minute) + second * 1000;
  return Number.isFinite(time) ? time : null;
}

/** Julian date, in days. */
export const julianDate = (time: number): number => time / 86_400_000 + 2_440_587.5;
