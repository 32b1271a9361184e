import type { FastifyReply } from 'fastify';

import { CallerGone } from '../errors/caller-gone.js';

/** A signal that fires when the caller goes away before the answer is complete. */
export function abortOnClose(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new CallerGone());
  });
  return controller.signal;
}
