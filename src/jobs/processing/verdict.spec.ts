import { describe, expect, it } from '@jest/globals';

import { jobRecord } from '../../../test/factories/job-record.js';
import { Problem } from '../../errors/problem.js';
import { HandedBack } from '../queue/backoff.js';
import { verdictOn } from './verdict.js';

const bug = new TypeError('x is not a function');

describe('the verdict on a run that ended in an error', () => {
  it('is failed at once for a problem of the request', () => {
    const problem = new Problem('empty-dataset', 'no rows');
    expect(verdictOn(problem, null, jobRecord())).toEqual({
      kind: 'end',
      ending: { status: 'failed', problem },
    });
  });

  it('is another run after an unexpected error, as long as there were not too many', () => {
    expect(verdictOn(bug, null, jobRecord({ faults: 0 }))).toEqual({
      kind: 'again',
      faults: 1,
      error: bug,
    });
    expect(verdictOn(bug, null, jobRecord({ faults: 2 }))).toMatchObject({
      kind: 'end',
      ending: { status: 'failed', problem: { code: 'internal' } },
    });
  });

  it('shows nothing of an unexpected error to the caller', () => {
    const verdict = verdictOn(bug, null, jobRecord({ faults: 2 }));
    expect(JSON.stringify(verdict)).not.toContain('function');
  });

  it('is another run, without a fault, while the storage is away', () => {
    for (const error of [
      new Problem('storage-unavailable', 'away'),
      new Error('Connection is closed.'),
    ]) {
      expect(verdictOn(error, null, jobRecord({ faults: 2 }))).toMatchObject({
        kind: 'again',
        faults: 0,
      });
    }
  });

  it('is failed when the storage is full', () => {
    const full = new Error("OOM command not allowed when used memory > 'maxmemory'.");
    expect(verdictOn(full, null, jobRecord())).toMatchObject({
      ending: { status: 'failed', problem: { code: 'storage-full' } },
    });
  });

  it('follows the reason for which the run was stopped, whatever error that gave', () => {
    expect(verdictOn(bug, 'cancelled', jobRecord())).toEqual({
      kind: 'end',
      ending: { status: 'cancelled' },
    });
    expect(verdictOn(bug, 'timeout', jobRecord({ timeout: 1500 }))).toMatchObject({
      ending: { problem: { code: 'job-timeout', detail: 'stopped after 1.5 s, its time limit' } },
    });
    expect(verdictOn(bug, 'lost', jobRecord())).toEqual({ kind: 'lost' });
    const handedBack = verdictOn(bug, 'shutdown', jobRecord());
    expect(handedBack).toMatchObject({ kind: 'again', faults: 0 });
    expect(handedBack.kind === 'again' && handedBack.error).toBeInstanceOf(HandedBack);
  });
});
