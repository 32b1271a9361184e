import type { IncomingMessage } from 'node:http';

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse } from 'secure-json-parse';

import { jsonFault } from '../errors/json-fault.js';
import { Problem } from '../errors/problem.js';

/** Marks a route whose body is a file: it gets the stream itself, whatever its type. */
export const STREAMED_BODY = { streamedBody: true };

const MAX_JSON_BYTES = 32 * 2 ** 20;

/**
 * Bodies: a route marked with `STREAMED_BODY` gets the stream, any other gets parsed JSON. curl's
 * default form type and a missing type count as JSON, since that is what people send with `curl -d`.
 */
export function registerBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    '*',
    async (request: FastifyRequest, payload: IncomingMessage): Promise<unknown> => {
      const config = request.routeOptions.config as Partial<typeof STREAMED_BODY>;
      if (config.streamedBody === true) return payload;
      const type =
        (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
      if (!READ_AS_JSON.includes(type) && !type.endsWith('+json')) {
        payload.resume();
        throw new Problem(
          'unsupported-media-type',
          `"${type}" is not read here; send application/json`,
        );
      }
      return parseJson(await readAll(payload));
    },
  );
}

const READ_AS_JSON = [
  '',
  'application/json',
  'text/json',
  'text/plain',
  'application/x-www-form-urlencoded',
];

/** By events: to iterate over a body takes longer than to parse a small one. */
function readAll(payload: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    payload.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= MAX_JSON_BYTES) return;
      payload.pause(); // the rest goes with the connection, or after the answer
      reject(tooLarge());
    });
    payload.on('end', () => {
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
    payload.on('error', reject);
    payload.on('close', () => {
      if (payload.readableEnded) return;
      reject(new Problem('invalid-body', 'the body ended before it was complete'));
    });
  });
}

const tooLarge = (): Problem =>
  new Problem('payload-too-large', `a JSON body may have ${String(MAX_JSON_BYTES)} bytes`);

/** @throws Problem `malformed-json` with line and column; keys that reach a prototype are refused */
function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return parse(text, undefined, { protoAction: 'error', constructorAction: 'error' }) as unknown;
  } catch (error) {
    throw new Problem('malformed-json', `the body is not valid JSON: ${jsonFault(error, text)}`);
  }
}
