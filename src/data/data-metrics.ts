import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

/** How many replicas a process holds, and how many it has made. */
interface ReplicaCounts {
  readonly size: number;
  readonly opened: number;
}

/** What API and worker tell Prometheus of the datasets they read. */
export class DataMetrics {
  readonly registry = new Registry();
  private readonly queries = new Histogram({
    name: 'almanac_query_seconds',
    help: 'Reads of datasets, from asking for a connection to the end, by whether they succeeded.',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  query(milliseconds: number, outcome: 'ok' | 'failed'): void {
    this.queries.observe({ outcome }, milliseconds / 1000);
  }

  watch(replicas: ReplicaCounts): void {
    const registers = [this.registry];
    new Gauge({
      name: 'almanac_replicas',
      help: 'Datasets of which this process holds a copy.',
      registers,
      collect() {
        this.set(replicas.size);
      },
    });
    new Counter({
      name: 'almanac_replicas_opened_total',
      help: 'Copies made: a growing rate says that datasets are loaded often, or more are read than are held.',
      registers,
      collect() {
        this.reset();
        this.inc(replicas.opened);
      },
    });
  }
}
