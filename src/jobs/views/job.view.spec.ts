import { describe, expect, it } from '@jest/globals';

import { jobRecord } from '../../../test/factories/job-record.js';
import { cancelReceipt } from './cancel.view.js';
import { jobView } from './job.view.js';
import { logText } from './log.view.js';

const finished = Date.UTC(2026, 10, 22, 6, 0, 2, 5);

describe('the view of a job', () => {
  it('gives times as RFC 3339 in UTC, with milliseconds', () => {
    expect(jobView(jobRecord({ status: 'complete', finished }))).toMatchObject({
      created: '2026-11-22T06:00:00.000Z',
      started: '2026-11-22T06:00:01.000Z',
      finished: '2026-11-22T06:00:02.005Z',
    });
  });

  it('links to what can be done next', () => {
    const { id } = jobRecord();
    expect(Object.keys(jobView(jobRecord()).links)).toContain('cancel');
    expect(Object.keys(jobView(jobRecord()).links)).not.toContain('results');
    expect(jobView(jobRecord({ status: 'complete', finished })).links).toMatchObject({
      results: `/jobs/${id}/results`,
      download: `/download/${id}`,
    });
  });

  it('says who asked to cancel it, and when it stopped', () => {
    const cancel = { by: 'request-1', address: '127.0.0.1', at: finished - 100 };
    const record = jobRecord({ status: 'cancelled', finished, cancel });
    expect(cancelReceipt(record)).toEqual({
      id: record.id,
      status: 'cancelled',
      requested: { by: 'request-1', address: '127.0.0.1', at: '2026-11-22T06:00:01.905Z' },
      stopped: '2026-11-22T06:00:02.005Z',
    });
    expect(cancelReceipt({ ...record, status: 'in_progress', finished: null }).stopped).toBeNull();
  });

  it('has a log that is one line each as text', () => {
    expect(logText([{ at: finished, line: 'done' }])).toBe('2026-11-22T06:00:02.005Z done\n');
  });
});
