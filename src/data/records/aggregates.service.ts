import { Injectable } from '@nestjs/common';

import { parseAggregate } from '../query/aggregate/parse.js';
import { readAggregate, type AggregateRows } from '../query/aggregate/read.js';
import { parseFilter } from '../query/filter.js';
import { parseQuery, type RawQuery } from '../query/parse-query.js';
import { AggregateParameters } from '../query/query-parameters.js';
import { Parameters, whereSql } from '../query/where.js';
import { Replicas } from '../replica/replicas.js';
import type { Version } from '../schema.js';

export interface VersionedAggregate extends AggregateRows {
  readonly version: Version;
  readonly limit: number;
  readonly offset: number;
}

/** Figures of groups of records; every answer comes from one version and names it. */
@Injectable()
export class AggregatesService {
  constructor(private readonly replicas: Replicas) {}

  async aggregate(name: string, query: RawQuery, signal: AbortSignal): Promise<VersionedAggregate> {
    const { parameters, filter } = parseQuery(AggregateParameters, query);
    const replica = await this.replicas.of(name, parameters.version);
    const { schema, table } = replica;
    const request = parseAggregate(schema, parameters);
    const parsed = parseFilter(schema, filter);
    const values = new Parameters();
    const sql = `SELECT * FROM ${table} WHERE ${whereSql(schema, parsed, values)}`;
    const records = { sql, values: values.values, range: parsed.range };
    const { limit, offset } = parameters;
    return replica.read(
      async (session, version) => {
        const rows = await readAggregate(session, records, request, { limit, offset });
        return { ...rows, version, limit, offset };
      },
      { signal },
    );
  }
}
