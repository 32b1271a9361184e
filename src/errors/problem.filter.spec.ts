import { ForbiddenException, Logger, NotFoundException, type ArgumentsHost } from '@nestjs/common';
import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { CallerGone } from './caller-gone.js';
import { Problem } from './problem.js';
import { ProblemFilter } from './problem.filter.js';

/** What the filter answers to an error, as status and code; null where it does not answer. */
function answerTo(error: unknown): [number, string] | null {
  let status = 200;
  const sent: string[] = [];
  const reply = {
    sent: false,
    raw: { headersSent: false },
    header: () => reply,
    removeHeader: () => reply,
    type: () => reply,
    status: (code: number) => {
      status = code;
      return reply;
    },
    send: (body: string) => {
      sent.push(body);
    },
  };
  const http = {
    getRequest: () => ({ id: 'r', method: 'GET', url: '/x' }),
    getResponse: () => reply,
  };
  const filter = new ProblemFilter(() => new Problem('not-found', 'there is nothing at /x'));
  filter.catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
  const [body] = sent;
  return body === undefined ? null : [status, (JSON.parse(body) as { code: string }).code];
}

describe('the filter of problems', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('says nothing to a caller who has gone, and complains to nobody', () => {
    const complaint = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    expect(answerTo(new CallerGone())).toBeNull();
    expect(complaint).not.toHaveBeenCalled();
  });

  it('answers a bug with 500 and logs it', () => {
    const complaint = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    expect(answerTo(new Error('oh'))).toEqual([500, 'internal']);
    expect(complaint).toHaveBeenCalledTimes(1);
  });

  it('takes names that no file can have for addresses where nothing is', () => {
    expect(answerTo(new ForbiddenException())).toEqual([404, 'not-found']);
    expect(answerTo(new NotFoundException())).toEqual([404, 'not-found']);
  });
});
