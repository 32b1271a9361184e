import type { FastifyReply } from 'fastify';

/** A signal that fires when the caller goes away before the answer is complete. */
export function abortOnClose(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('the caller has gone'));
  });
  return controller.signal;
}
