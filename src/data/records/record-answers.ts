import type { FastifyReply, FastifyRequest } from 'fastify';

import { abortOnClose } from '../../http/abort-on-close.js';
import { matchesEtag } from '../../http/etag.js';
import type { RawQuery } from '../query/parse-query.js';
import { formatVersion, type Version } from '../schema.js';
import type { StoredRecord } from './record-json.js';
import { nextUrl, pageJson } from './page-json.js';
import type { RecordsService } from './records.service.js';

type Sent = Pick<StoredRecord, 'json' | 'etag'>;

/** A page of records as an answer; the generic routes and those of the catalog give the same. */
export async function answerPage(
  records: RecordsService,
  name: string,
  query: RawQuery,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  const page = await records.page(name, query, abortOnClose(reply));
  void reply.header('dataset-version', formatVersion(page.version));
  void reply.type('application/json; charset=utf-8');
  const { cursor } = page;
  return pageJson(page, cursor === null ? null : nextUrl(request.url, { cursor, offset: null }));
}

/** One record as an answer, or 304 where the caller has it already. */
export async function answerRecord(
  records: RecordsService,
  name: string,
  id: string,
  known: string | undefined,
  reply: FastifyReply,
  load?: number,
): Promise<string | undefined> {
  const { stored, version } = await records.one(name, id, load);
  return sendUnlessKnown(reply, stored, version, known);
}

/** Sends a record, or what has an ETag of its own like one; 304 to a caller who has it. */
export function sendUnlessKnown(
  reply: FastifyReply,
  stored: Sent,
  version: Version,
  known: string | undefined,
): string | undefined {
  if (!matchesEtag(known, stored.etag)) return sendRecord(reply, stored, version);
  void reply.headers({ 'dataset-version': formatVersion(version), etag: stored.etag });
  void reply.status(304);
  return undefined;
}

/** Puts a record, its ETag and its version into an answer. */
export function sendRecord(reply: FastifyReply, stored: Sent, version: Version): string {
  void reply.headers({ 'dataset-version': formatVersion(version), etag: stored.etag });
  void reply.type('application/json; charset=utf-8');
  return stored.json;
}
