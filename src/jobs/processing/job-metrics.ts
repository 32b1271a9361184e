import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { RunOutcome } from './job-runner.js';
import { RunningJobs } from './running-jobs.js';

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** What a worker tells Prometheus. */
@Injectable()
export class JobMetrics {
  readonly registry = new Registry();
  private readonly runs: Counter<'status' | 'analysis'>;
  private readonly seconds: Histogram<'analysis'>;

  constructor(running: RunningJobs) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.runs = new Counter({
      name: 'almanac_job_runs_total',
      help: 'Runs of jobs by how they ended; submitted: to be tried again.',
      labelNames: ['status', 'analysis'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'almanac_job_run_seconds',
      help: 'Duration of runs, from taking the job to its end.',
      labelNames: ['analysis'],
      buckets: SECONDS,
      registers,
    });
    new Gauge({
      name: 'almanac_jobs_running',
      help: 'Jobs that this worker runs now.',
      registers,
      collect() {
        this.set(running.count);
      },
    });
  }

  /** Starts the clock of a run; the function that it returns stops it. */
  begin(): (outcome: RunOutcome) => void {
    const start = performance.now();
    return ({ status, analysis = '' }) => {
      this.runs.inc({ status, analysis });
      if (analysis !== '') this.seconds.observe({ analysis }, (performance.now() - start) / 1000);
    };
  }
}
