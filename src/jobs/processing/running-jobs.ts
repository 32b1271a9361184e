import { setTimeout as sleep } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

const LOOK_AGAIN_MS = 20;

/** Why a run is stopped before its end. */
export type StopReason = 'cancelled' | 'timeout' | 'shutdown' | 'lost';

/** A run of this process, which can be stopped for one reason; the first counts. */
export class Run {
  private readonly controller = new AbortController();

  constructor(
    readonly id: string,
    readonly token: string,
  ) {}

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Null while nobody has stopped it. */
  get stopped(): StopReason | null {
    return this.signal.aborted ? (this.signal.reason as StopReason) : null;
  }

  stop(reason: StopReason): void {
    this.controller.abort(reason);
  }
}

/** The runs of this process. */
@Injectable()
export class RunningJobs {
  private readonly runs = new Map<string, Run>();

  get count(): number {
    return this.runs.size;
  }

  add(run: Run): void {
    this.runs.set(run.token, run);
  }

  remove(run: Run): void {
    this.runs.delete(run.token);
  }

  /** Resolves when no run is left. */
  async idle(): Promise<void> {
    while (this.runs.size > 0) await sleep(LOOK_AGAIN_MS);
  }

  stop(id: string, reason: StopReason): void {
    for (const run of this.runs.values()) if (run.id === id) run.stop(reason);
  }

  stopAll(reason: StopReason): void {
    for (const run of this.runs.values()) run.stop(reason);
  }
}
