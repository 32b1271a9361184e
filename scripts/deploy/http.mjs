// Requests to a deployed Almanac, and waiting for what it does.
import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE = 30_000;

export class Client {
  /** @param {string} base such as http://127.0.0.1:8080 */
  constructor(base) {
    this.base = base;
  }

  /**
   * @param {string} path
   * @param {{ method?: string, body?: unknown, type?: string }} [request]
   * @returns {Promise<{ status: number, body: any, bytes: Buffer }>}
   */
  async ask(path, { method = 'GET', body, type = 'application/json' } = {}) {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${this.base}${path}`, {
      method,
      ...(sent === undefined ? {} : { body: sent, headers: { 'content-type': type } }),
      signal: AbortSignal.timeout(DEADLINE),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, body: parsed(bytes), bytes };
  }

  /**
   * Waits until a job has ended.
   *
   * @param {string} id
   */
  async finished(id) {
    return until(`job ${id}`, async () => {
      const { body } = await this.ask(`/jobs/${id}`);
      return ['complete', 'failed', 'cancelled'].includes(body.status) ? body : null;
    });
  }
}

/**
 * @template T
 * @param {string} what
 * @param {() => Promise<T | null> | T | null} look
 * @param {number} [deadline] milliseconds
 * @returns {Promise<T>}
 */
export async function until(what, look, deadline = 90_000) {
  const end = Date.now() + deadline;
  let reason = '';
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found !== null && found !== false) return found;
    } catch (error) {
      reason = String(error);
    }
    await sleep(200);
  }
  throw new Error(`${what} did not come within ${deadline} ms ${reason}`);
}

/** @param {Buffer} bytes */
function parsed(bytes) {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}
