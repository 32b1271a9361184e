import { CronExpressionParser } from 'cron-parser';

import { Problem } from '../errors/problem.js';

/** Missed times are counted up to here. */
const MOST_MISSED = 1_000;

/**
 * The first time of a cron expression after a time; null where there is none.
 * @param after milliseconds since 1970
 */
export function nextTime(cron: string, timeZone: string, after: number): number | null {
  try {
    const times = CronExpressionParser.parse(cron, { tz: timeZone, currentDate: new Date(after) });
    return times.next().getTime();
  } catch {
    return null; // such as 30 February
  }
}

/** How many times of the expression lie between two times, neither included. */
export function timesBetween(cron: string, timeZone: string, from: number, to: number): number {
  let count = 0;
  for (let time = nextTime(cron, timeZone, from); time !== null && time < to; count += 1) {
    if (count >= MOST_MISSED) break;
    time = nextTime(cron, timeZone, time);
  }
  return count;
}

/** @throws Problem `invalid-parameter` for an expression that is none, or whose times never come */
export function checkCron(cron: string, timeZone: string, now: number): void {
  const refuse = (field: string, message: string): never => {
    throw Problem.field('invalid-parameter', field, message);
  };
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    refuse('timeZone', 'must be an IANA time zone such as Europe/Berlin or UTC');
  }
  const form = 'must be minute, hour, day of month, month and day of week, such as "30 6 * * 1-5"';
  if (
    !/^@(hourly|daily|weekly|monthly|yearly)$/.test(cron) &&
    cron.trim().split(/\s+/).length !== 5
  ) {
    refuse('cron', `${form}, or @hourly, @daily, @weekly, @monthly, @yearly`);
  }
  try {
    CronExpressionParser.parse(cron, { tz: timeZone });
  } catch (error) {
    refuse('cron', `${form}: ${(error as Error).message}`);
  }
  if (nextTime(cron, timeZone, now) === null) refuse('cron', 'never comes');
}
