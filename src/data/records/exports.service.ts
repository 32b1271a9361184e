import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';

import { ChoiceField, TextField } from '../../parameters/fields.js';
import { parseFilter } from '../query/filter.js';
import { parseFields, parseOrder } from '../query/page.js';
import { parseQuery, type RawQuery } from '../query/parse-query.js';
import { FilterParameters } from '../query/query-parameters.js';
import { Parameters, whereSql } from '../query/where.js';
import { Replicas } from '../replica/replicas.js';
import type { Session } from '../engine/session.js';
import type { Column, Version } from '../schema.js';
import {
  EXPORT_FORMATS,
  EXPORT_NAMES,
  type ExportFormat,
  type ExportName,
} from './export-formats.js';

export class ExportParameters extends FilterParameters {
  @ChoiceField(EXPORT_NAMES, { description: 'Format of the file.', default: 'json' })
  format!: ExportName;

  @TextField({
    description: 'Columns to sort by.',
    example: '-mass',
    maxLength: 4000,
    optional: true,
  })
  sort?: string;

  @TextField({
    description: 'Columns to export.',
    example: 'name,mass',
    maxLength: 20_000,
    optional: true,
  })
  fields?: string;
}

export interface Export {
  readonly version: Version;
  readonly format: ExportFormat;
  readonly fileName: string;
  readonly stream: Readable;
}

/** A reader who takes nothing for this long is cut off, so that it does not hold a connection. */
const STALL_MS = 60_000;

/** Whole tables as streams: chunk by chunk out of DuckDB, as fast as the reader takes them. */
@Injectable()
export class ExportsService {
  constructor(private readonly replicas: Replicas) {}

  async export(name: string, query: RawQuery): Promise<Export> {
    const { parameters, filter } = parseQuery(ExportParameters, query);
    const replica = await this.replicas.current(name);
    const { schema, table } = replica;
    const columns = parseFields(schema, parameters.fields);
    const values = new Parameters();
    const where = whereSql(schema, parseFilter(schema, filter), values);
    const order = parseOrder(schema, parameters.sort);
    const format: ExportFormat = EXPORT_FORMATS[parameters.format];
    const sql = `SELECT ${format.row(columns)} FROM (SELECT * FROM ${table} WHERE ${where} ORDER BY ${order})`;
    const stream = new PassThrough();
    const closed = new AbortController();
    stream.once('close', () => {
      closed.abort(new Error('the reader has gone'));
    });
    return new Promise((resolve, reject) => {
      replica
        .read(
          async (session, version) => {
            resolve({ version, format, fileName: `${name}.${format.extension}`, stream });
            await writeRows(session, sql, values, columns, format, stream);
          },
          { signal: closed.signal, timeout: false },
        )
        .catch((error: unknown) => {
          const failure = error instanceof Error ? error : new Error(String(error));
          stream.destroy(failure);
          reject(failure); // does nothing where the stream was handed out before
        });
    });
  }
}

async function writeRows(
  session: Session,
  sql: string,
  parameters: Parameters,
  columns: readonly Column[],
  format: ExportFormat,
  stream: PassThrough,
): Promise<void> {
  const result = await session.stream(sql, parameters.values);
  let between = format.before(columns);
  await session.guard(async () => {
    for await (const chunk of result) {
      if (chunk.rowCount === 0) continue;
      const rows = chunk.getColumnValues(0) as string[];
      await write(stream, between + rows.join(format.between));
      between = format.between;
    }
  });
  const empty = between !== format.between;
  stream.end(empty ? between + format.after.trimStart() : format.after);
}

async function write(stream: PassThrough, text: string): Promise<void> {
  if (stream.write(text)) return;
  try {
    await once(stream, 'drain', { signal: AbortSignal.timeout(STALL_MS) });
  } catch {
    throw new Error('the reader takes nothing any more');
  }
}
