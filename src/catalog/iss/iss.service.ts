import { Injectable } from '@nestjs/common';

import type { DatasetReader } from '../../analyses/analysis.js';
import { DatasetAccess } from '../../data/dataset-access.js';
import { limitSql } from '../../data/query/limit.js';
import { outputExpression } from '../../data/query/output.js';
import { DatasetsService } from '../../data/datasets/datasets.service.js';
import type { Versioned } from '../../data/versioned.js';
import { didYouMean, nearNames } from '../../errors/near.js';
import { Problem } from '../../errors/problem.js';
import { epochTime } from './epoch.js';
import { interpolate } from './interpolate.js';
import { locationOf, speedOf, stateOf, type Location, type StateRow } from './states.js';

/** What the orbit file says of itself; parts that a table of other origin lacks are empty. */
export interface OrbitAbout {
  readonly header: object;
  readonly metadata: object;
  readonly comment: readonly string[];
}

const TIME = outputExpression({ name: 'time', type: 'timestamp', nulls: 0 });
const COLUMNS = `"EPOCH", ${TIME} AS time, "X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT"`;

/** Questions to the orbit of the station. */
@Injectable()
export class IssService {
  constructor(
    private readonly datasets: DatasetAccess,
    private readonly records: DatasetsService,
  ) {}

  async about(): Promise<OrbitAbout> {
    const { found } = await this.records.report('iss');
    const { header = {}, metadata = {}, comment = [] } = found as Partial<OrbitAbout>;
    return { header, metadata, comment };
  }

  states(signal: AbortSignal): Promise<Versioned<StateRow[]>> {
    return this.ask(signal, (reader) =>
      reader.rows<StateRow>(`SELECT ${COLUMNS} FROM data ORDER BY data.time`),
    );
  }

  epochs(
    limit: number | undefined,
    offset: number,
    signal: AbortSignal,
  ): Promise<Versioned<string[]>> {
    return this.ask(signal, async (reader) => {
      const rows = await reader.rows<{ EPOCH: string }>(
        `SELECT "EPOCH" FROM data ORDER BY time ${limitSql(limit, offset)}`,
      );
      return rows.map(({ EPOCH }) => EPOCH);
    });
  }

  /** @throws Problem `unknown-record` with epochs that look alike */
  state(epoch: string, signal: AbortSignal): Promise<Versioned<StateRow>> {
    return this.ask(signal, async (reader) => {
      const [row] = await reader.rows<StateRow>(`SELECT ${COLUMNS} FROM data WHERE "EPOCH" = $1`, [
        epoch,
      ]);
      if (row !== undefined) return row;
      const near = await nearEpochs(reader, epoch);
      const detail = `there is no epoch "${epoch}"${didYouMean(near)}${near.length > 0 ? '' : await extentOf(reader)}`;
      throw new Problem('unknown-record', detail, { near });
    });
  }

  /** The epoch nearest to a time (milliseconds since 1970), and the state between epochs at that time. */
  now(time: number, signal: AbortSignal): Promise<Versioned<Now>> {
    return this.ask(signal, async (reader) => {
      const rows = await around(reader, time);
      const nearest = rows.reduce<StateRow | undefined>(
        (best, row) =>
          best === undefined || distance(row, time) < distance(best, time) ? row : best,
        undefined,
      );
      if (nearest === undefined)
        throw new Problem(
          'empty-dataset',
          'the dataset "iss" holds no epoch: POST /iss/post-data loads it',
        );
      return nowOf(nearest, rows, time);
    });
  }

  private ask<T>(
    signal: AbortSignal,
    use: (reader: DatasetReader) => Promise<T>,
  ): Promise<Versioned<T>> {
    return this.datasets.read('iss', {}, signal, async (reader) => ({
      value: await use(reader),
      version: reader.about.version,
    }));
  }
}

export interface Now {
  readonly closest_epoch: string;
  /** Of the epoch; negative where it lies before. */
  readonly seconds_from_now: number;
  readonly location: Location;
  readonly speed: object;
  /** At the very time; null before the first epoch and after the last. */
  readonly interpolated: {
    readonly location: Location;
    readonly speed: object;
    readonly error: object;
  } | null;
}

/** The last epoch up to a time (milliseconds since 1970) and the first after it; one of them, or none, at the ends. */
const around = (reader: DatasetReader, time: number): Promise<StateRow[]> =>
  reader.rows<StateRow>(
    `(SELECT ${COLUMNS} FROM data WHERE data.time <= $1::TIMESTAMPTZ ORDER BY data.time DESC LIMIT 1)
     UNION ALL
     (SELECT ${COLUMNS} FROM data WHERE data.time > $1::TIMESTAMPTZ ORDER BY data.time LIMIT 1)`,
    [new Date(time).toISOString()],
  );

/** Epochs for one that is not there: the same time in other words, or those before and after it; else texts like it. */
async function nearEpochs(reader: DatasetReader, epoch: string): Promise<string[]> {
  const time = epochTime(epoch);
  const rows = time === null ? [] : await around(reader, time);
  const same = rows.filter((row) => distance(row, time ?? NaN) === 0);
  if (same.length > 0 || rows.length === 2) {
    return (same.length > 0 ? same : rows).map(({ EPOCH }) => EPOCH);
  }
  const alike = await reader.rows<{ EPOCH: string }>(
    `SELECT "EPOCH" FROM data WHERE starts_with("EPOCH", left($1, 14)) LIMIT 50`,
    [epoch],
  );
  return nearNames(
    epoch,
    alike.map(({ EPOCH }) => EPOCH),
  );
}

/** From when to when the epochs go, for who asked for another. */
async function extentOf(reader: DatasetReader): Promise<string> {
  const [row] = await reader.rows<{ first: string | null; last: string | null }>(
    'SELECT min_by("EPOCH", time) AS first, max_by("EPOCH", time) AS last FROM data',
  );
  if (row?.first == null) return '; the dataset is empty: POST /iss/post-data loads it';
  return `; the epochs go from ${row.first} to ${row.last ?? ''}: GET /iss/epochs lists them`;
}

const distance = ({ time }: StateRow, to: number): number => Math.abs(Date.parse(time) - to);

function nowOf(nearest: StateRow, rows: readonly StateRow[], time: number): Now {
  const state = stateOf(nearest);
  const [before, after] = rows.map(stateOf).sort((a, b) => a.time - b.time);
  const between =
    before !== undefined && after !== undefined ? interpolate(before, after, time) : null;
  return {
    closest_epoch: nearest.EPOCH,
    seconds_from_now: (state.time - time) / 1000,
    location: locationOf(state),
    speed: speedOf(state),
    interpolated:
      between === null
        ? null
        : {
            location: locationOf(between),
            speed: speedOf(between),
            error: { value: between.error, units: 'km' },
          },
  };
}
