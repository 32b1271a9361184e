import { Problem } from '../../errors/problem.js';
import { placeOf } from './earth.js';
import { epochTime } from './epoch.js';
import { lengthOf } from './vector.js';

/** An Orbit Ephemeris Message (CCSDS 502.0-B): what is said about an orbit, and its state vectors. */
export const STATE_COLUMNS = ['X', 'Y', 'Z', 'X_DOT', 'Y_DOT', 'Z_DOT'] as const;

/** What is computed of each state vector, so that it can be filtered and drawn: WGS 84 of date, and the speed. */
export const COMPUTED_COLUMNS = ['latitude', 'longitude', 'altitude', 'speed'] as const;

export interface OemAbout {
  readonly header: Record<string, string>;
  readonly metadata: Record<string, string>;
  readonly comment: string[];
}

/**
 * One state vector as the JSON of a record: its epoch as the file writes it, the same as a time, and the numbers as
 * they stand, so that no digit is lost; beside them the place on Earth and the speed.
 * @param values of `STATE_COLUMNS`, as text
 * @throws Problem `unreadable-file` with the line
 */
export function stateRecord(epoch: string, values: readonly string[], line: number): string {
  const fail = (message: string): never => {
    throw new Problem('unreadable-file', `line ${String(line)}: ${message}`);
  };
  const time = epochTime(epoch) ?? fail(`"${epoch.slice(0, 40)}" is no epoch of an orbit file`);
  STATE_COLUMNS.forEach((column, index) => {
    const text = values[index] ?? '';
    if (!/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)) {
      fail(`${column} of the epoch ${epoch} must be a number, not "${text.slice(0, 40)}"`);
    }
  });
  const [x = 0, y = 0, z = 0, ...velocity] = values.map(Number);
  const place = placeOf([x, y, z], time);
  const [vx = 0, vy = 0, vz = 0] = velocity;
  const fields = STATE_COLUMNS.map((column, index) => [column, values[index] ?? '']);
  return JSON.stringify({
    EPOCH: epoch,
    time: new Date(time).toISOString(),
    ...(Object.fromEntries(fields) as Record<string, string>),
    ...place,
    speed: lengthOf([vx, vy, vz]),
  });
}
