import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';

import type { SqlValue } from '../../analyses/analysis.js';
import { Problem } from '../../errors/problem.js';
import type { RawFilter } from '../dataset-access.js';
import type { Session } from '../engine/session.js';
import { limitSql } from '../query/limit.js';
import { parseFilter } from '../query/filter.js';
import { orderSql, parseSort } from '../query/order.js';
import { parseFields } from '../query/page.js';
import { Parameters, whereSql } from '../query/where.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import type { Version } from '../schema.js';
import type { ExportFormat, ExportTable } from './export-format.js';
import { exportFormat, type ExportName } from './export-formats.js';
import type { ExportParameters, Indent } from './export-parameters.js';
import { ExportSink } from './export-sink.js';
import { refuseObstacles } from './obstacles.js';
import { writeFile } from './write-file.js';
import { writeText } from './write-text.js';

export interface Export {
  readonly version: Version;
  readonly stream: Readable;
  /** Known beforehand only where the file was written first. */
  readonly bytes?: number;
}

/** What is exported: all that the filter keeps, or a part of it. */
export type Wanted = Pick<ExportParameters, 'version' | 'fields' | 'sort' | 'indent'> & {
  readonly limit?: number;
  readonly offset?: number;
};

export interface ExportLimits {
  /** Milliseconds that an export may wait for its turn. */
  readonly waitMs: number;
  /** Milliseconds until the first row, or the file, is there. */
  readonly startMs: number;
  /** Milliseconds that a reader may take nothing. */
  readonly stallMs: number;
  /** Folder in which the engine may write files. */
  readonly folder: string;
}

interface Question {
  readonly format: ExportFormat;
  readonly table: ExportTable;
  /** SQL of the rows; `order` is left out where the rows lie in the order that was asked for. */
  readonly from: (ordered: boolean) => string;
  readonly values: readonly SqlValue[];
  readonly sorted: boolean;
}

/** Whole tables as files: chunk by chunk out of DuckDB, as fast as the reader takes them. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly replicas: Replicas,
    private readonly limits: ExportLimits,
  ) {}

  /**
   * Resolves when the first rows are there: what goes wrong before is a problem, what goes wrong later
   * breaks the stream.
   * @throws Problem `unsuitable-format`, `unsuitable-column`, `too-many-exports`, `storage-full`
   */
  async open(
    name: string,
    parameters: Wanted,
    filter: RawFilter,
    format: ExportName,
  ): Promise<Export> {
    const replica = await this.replicas.of(name, parameters.version);
    const question = ask(replica, parameters, filter, exportFormat(format));
    const sink = new ExportSink(this.limits.stallMs);
    const busy = limit(sink, this.limits.waitMs, 'too-many-exports', 'no export ended in time');
    return new Promise((resolve, reject) => {
      replica
        .read(
          async (session, version) => {
            clearTimeout(busy);
            const slow = limit(sink, this.limits.startMs, 'query-timeout', 'it took too long');
            try {
              await this.write(session, question, replica, version, sink, (bytes) => {
                clearTimeout(slow);
                resolve({ version, stream: sink.readable, ...(bytes === null ? {} : { bytes }) });
              });
            } finally {
              clearTimeout(slow);
            }
          },
          { signal: sink.signal, timeout: false, pool: 'exports' },
        )
        .catch((error: unknown) => {
          const failure = error instanceof Error ? error : new Error(String(error));
          sink.break(failure);
          reject(failure); // does nothing where the stream was handed out before
        })
        .finally(() => {
          clearTimeout(busy);
        });
    });
  }

  private async write(
    session: Session,
    { format, table, from, values, sorted }: Question,
    replica: Replica,
    version: Version,
    sink: ExportSink,
    begun: (bytes: number | null) => void,
  ): Promise<void> {
    const rows = from(sorted || version.edit > replica.sortedUntil);
    await refuseObstacles(session, format.cannotHold?.(table) ?? [], from(false), values);
    if (format.kind === 'text') {
      await writeText(session, rows, values, format.layout(table), sink, () => {
        begun(null);
      });
    } else {
      const plan = {
        folder: this.limits.folder,
        room: await replica.bytes(),
        ...format.copy(table),
      };
      await writeFile(session, rows, values, plan, sink, begun);
    }
  }
}

const BLANKS: Readonly<Record<Indent, number>> = { false: 0, true: 4, '2': 2, '4': 4 };

function ask(
  { schema, table }: Replica,
  { fields, sort, indent, limit, offset }: Wanted,
  filter: RawFilter,
  format: ExportFormat,
): Question {
  const columns = fields === undefined ? schema.columns : parseFields(schema, fields);
  const exported = { columns, schema, indent: BLANKS[indent] };
  format.check?.(exported);
  const values = new Parameters();
  const where = whereSql(schema, parseFilter(schema, filter), values);
  const order = ` ORDER BY ${orderSql(parseSort(schema, sort))}`;
  return {
    format,
    table: exported,
    from: (ordered) =>
      `(SELECT * FROM ${table} WHERE ${where}${ordered ? order : ''} ${limitSql(limit, offset)})`,
    values: values.values,
    sorted: sort !== undefined,
  };
}

function limit(
  sink: ExportSink,
  ms: number,
  code: 'too-many-exports' | 'query-timeout',
  why: string,
): NodeJS.Timeout {
  const problem = new Problem(code, `the export was stopped: ${why}`, { retryAfter: 10 });
  return setTimeout(() => {
    sink.stop(problem);
  }, ms);
}
