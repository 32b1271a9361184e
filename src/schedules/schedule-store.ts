import { Inject, Injectable } from '@nestjs/common';

import { CONFIGURATION } from '../config/config.module.js';
import type { Configuration } from '../config/configuration.js';
import { Problem } from '../errors/problem.js';
import { RedisConnections } from '../redis/connections.js';
import { Keys } from '../redis/keys.js';
import { Script } from '../redis/script.js';
import type { Schedule, ScheduleRun } from './schedule.js';

const scripts = {
  put: new Script(new URL('./put.lua', import.meta.url)),
  advance: new Script(new URL('./advance.lua', import.meta.url)),
};
const MOST_SCHEDULES = 1_000;
const RUNS_KEPT = 100;

type Stored = Omit<Schedule, 'next'>;

/** Schedules in Redis, by the clock of Redis. */
@Injectable()
export class ScheduleStore {
  private readonly keys: Keys;

  constructor(
    private readonly redis: RedisConnections,
    @Inject(CONFIGURATION) configuration: Configuration,
  ) {
    this.keys = new Keys(configuration.keyPrefix);
  }

  /** Milliseconds since 1970. */
  async now(): Promise<number> {
    const [seconds = 0, micros = 0] = await this.redis.queue.time();
    return seconds * 1_000 + Math.floor(micros / 1_000);
  }

  /** @throws Problem `unknown-schedule`, `too-many-schedules` */
  async put(kind: 'new' | 'old', { next, ...stored }: Schedule): Promise<void> {
    const { keys } = this;
    const { id, created } = stored;
    const answer = await scripts.put.run(
      this.redis.queue,
      [keys.schedule(id), keys.schedules(), keys.schedulesDue()],
      [id, kind, JSON.stringify(stored), next ?? '', created, MOST_SCHEDULES],
    );
    if (answer === 'gone') throw unknown(id);
    if (answer === 'full') {
      const detail = `there are ${MOST_SCHEDULES} schedules, which is the most`;
      throw new Problem('too-many-schedules', detail);
    }
  }

  /** @throws Problem `unknown-schedule` */
  async find(id: string): Promise<Schedule> {
    const [found] = await this.read([id]);
    if (found === undefined) throw unknown(id);
    return found;
  }

  /** In the order of their making. */
  async all(): Promise<Schedule[]> {
    return this.read(await this.redis.queue.zrange(this.keys.schedules(), '0', '-1'));
  }

  /** @throws Problem `unknown-schedule` */
  async remove(id: string): Promise<void> {
    const { keys } = this;
    const answers = await this.redis.queue
      .multi()
      .del(keys.schedule(id))
      .del(keys.scheduleRuns(id))
      .zrem(keys.schedules(), id)
      .zrem(keys.schedulesDue(), id)
      .exec();
    if (answers?.[0]?.[1] !== 1) throw unknown(id);
  }

  /** Those whose time has come; some of them, where there are many. */
  async due(now: number): Promise<Schedule[]> {
    const ids = await this.redis.queue.zrangebyscore(
      this.keys.schedulesDue(),
      0,
      now,
      'LIMIT',
      0,
      20,
    );
    return this.read(ids);
  }

  /** Sets the next time; false where somebody else has, or the schedule was changed or removed. */
  async advance(id: string, next: number | null, run: ScheduleRun): Promise<boolean> {
    const { keys } = this;
    const answer = await scripts.advance.run(
      this.redis.queue,
      [keys.schedule(id), keys.schedulesDue(), keys.scheduleRuns(id)],
      [id, run.due, next ?? '', JSON.stringify(run), RUNS_KEPT],
    );
    return answer === 1;
  }

  /** Newest first. */
  async runs(id: string, count = RUNS_KEPT): Promise<ScheduleRun[]> {
    const texts = await this.redis.queue.lrange(this.keys.scheduleRuns(id), 0, count - 1);
    return texts.map((text) => JSON.parse(text) as ScheduleRun);
  }

  private async read(ids: readonly string[]): Promise<Schedule[]> {
    if (ids.length === 0) return [];
    const { keys, redis } = this;
    const [texts, times] = await Promise.all([
      Promise.all(ids.map((id) => redis.queue.hget(keys.schedule(id), 'schedule'))),
      redis.queue.zmscore(keys.schedulesDue(), ...ids),
    ]);
    return texts.flatMap((text, i) => {
      if (text === null) return [];
      const time = times[i] ?? null;
      return [{ ...(JSON.parse(text) as Stored), next: time === null ? null : Number(time) }];
    });
  }
}

const unknown = (id: string): Problem =>
  new Problem('unknown-schedule', `there is no schedule ${JSON.stringify(id.slice(0, 100))}`);
