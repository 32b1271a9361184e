import type { FastifyReply, FastifyRequest } from 'fastify';

import { abortOnClose } from '../../http/abort-on-close.js';
import type { RawQuery } from '../query/parse-query.js';
import { formatVersion, type Version } from '../schema.js';
import type { StoredRecord } from './record-json.js';
import { nextUrl, pageJson } from './page-json.js';
import type { RecordsService } from './records.service.js';

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
  if (known?.split(/,\s*/).includes(stored.etag)) {
    void reply.headers({ 'dataset-version': formatVersion(version), etag: stored.etag });
    void reply.status(304);
    return undefined;
  }
  return sendRecord(reply, stored, version);
}

/** Puts a record, its ETag and its version into an answer. */
export function sendRecord(reply: FastifyReply, stored: StoredRecord, version: Version): string {
  void reply.headers({ 'dataset-version': formatVersion(version), etag: stored.etag });
  void reply.type('application/json; charset=utf-8');
  return stored.json;
}
