import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { Report, RunStore } from '../store/run-store.js';
import { RunReporter } from './run-reporter.js';
import { Run } from './running-jobs.js';

class FakeStore {
  readonly reports: Report[] = [];
  answer: 'ok' | 'cancel' | 'lost' = 'ok';
  away = false;

  report(_run: unknown, report: Report): Promise<'ok' | 'cancel' | 'lost'> {
    if (this.away) return Promise.reject(new Error('away'));
    this.reports.push(report);
    return Promise.resolve(this.answer);
  }
}

describe('the reporter of a run', () => {
  let store: FakeStore;
  let run: Run;
  let reporter: RunReporter;

  beforeEach(() => {
    jest.useFakeTimers();
    store = new FakeStore();
    run = new Run('job', 'token');
    reporter = new RunReporter(store as unknown as RunStore, run);
  });
  afterEach(async () => {
    await reporter.end();
    jest.useRealTimers();
  });

  it('shows a sign of life each second, although there is no news', async () => {
    await jest.advanceTimersByTimeAsync(5_000);
    expect(store.reports).toHaveLength(5);
  });

  it('tells the latest progress only, a few times a second, and never one that goes back', async () => {
    for (let i = 0; i < 1000; i++) {
      reporter.progress(i / 10);
      reporter.progress(i / 20);
      await jest.advanceTimersByTimeAsync(1);
    }
    const told = store.reports.map(({ progress }) => progress);
    expect(told).toEqual([24, 49, 74, 99]);
  });

  it('ignores progress that is no number', async () => {
    reporter.progress(NaN);
    reporter.progress(500);
    await jest.advanceTimersByTimeAsync(250);
    expect(store.reports.at(-1)?.progress).toBe(100);
  });

  it('keeps log lines while Redis is away, in their order', async () => {
    store.away = true;
    reporter.log('one');
    await jest.advanceTimersByTimeAsync(300);
    reporter.log('two');
    store.away = false;
    await reporter.end();
    expect(store.reports.map(({ lines }) => lines)).toEqual([['one', 'two']]);
  });

  it('stops a run whose cancelling was asked for, or that lost its job', async () => {
    store.answer = 'cancel';
    await jest.advanceTimersByTimeAsync(1_000);
    expect(run.stopped).toBe('cancelled');
    const other = new Run('job', 'other');
    const second = new RunReporter(store as unknown as RunStore, other);
    store.answer = 'lost';
    await jest.advanceTimersByTimeAsync(1_000);
    expect(other.stopped).toBe('lost');
    await second.end();
  });

  it('is silent after its end', async () => {
    await reporter.end();
    reporter.log('late');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(store.reports).toEqual([]);
  });
});
