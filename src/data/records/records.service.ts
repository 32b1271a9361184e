import { Injectable } from '@nestjs/common';

import { Problem } from '../../errors/problem.js';
import { readCursor, writeCursor } from '../query/cursor.js';
import { parseFacets, readFacets, type Facet, type FacetRequest } from '../query/facets.js';
import { parseFilter } from '../query/filter.js';
import { parseSort } from '../query/order.js';
import {
  parseFields,
  readPage,
  readPlaces,
  type Page,
  type PageRequest,
  type PlacesPage,
} from '../query/page.js';
import { columnsOfQuestion, placesInMemory } from '../query/places-in-memory.js';
import { columnNamed } from '../query/names.js';
import { visibleColumns } from '../query/output.js';
import { parseQuery, type RawQuery } from '../query/parse-query.js';
import { PageParameters, ReadParameters } from '../query/query-parameters.js';
import { readSummary, type ColumnSummary } from '../query/summary.js';
import type { Replica } from '../replica/replica.js';
import { Replicas } from '../replica/replicas.js';
import type { Schema, Version } from '../schema.js';
import { HeldColumns } from './held-columns.js';
import { RecordReader } from './record-reader.js';
import { RecordTexts } from './record-texts.js';
import { valueJson, type StoredRecord } from './record-json.js';

export interface VersionedPage extends Omit<Page, 'place'> {
  readonly version: Version;
  readonly facets?: readonly Facet[];
  /** Where the next page begins; null where this one is the last. */
  readonly cursor: string | null;
}

/** Questions to the records of a dataset; every answer comes from one version and names it. */
@Injectable()
export class RecordsService {
  constructor(
    private readonly replicas: Replicas,
    private readonly reader: RecordReader,
    private readonly texts: RecordTexts,
    private readonly columns: HeldColumns,
  ) {}

  async page(name: string, query: RawQuery, signal: AbortSignal): Promise<VersionedPage> {
    const { parameters, filter } = parseQuery(PageParameters, query);
    const replica = await this.replicas.of(name, parameters.version);
    const { schema, loadNumber } = replica;
    const { cursor, limit, offset, total } = parameters;
    if (cursor !== undefined && offset > 0) throw bothGiven();
    const order = parseSort(schema, parameters.sort);
    const request = {
      filter: parseFilter(schema, filter),
      columns: parseFields(schema, parameters.fields),
      order,
      after: cursor === undefined ? null : readCursor(cursor, loadNumber, order),
      limit,
      offset,
      total,
    };
    const whole = parameters.fields === undefined;
    const { facets } = parameters;
    const asked = facets === undefined ? null : parseFacets(schema, facets, parameters.facetSize);
    const { place, ...page } =
      asked !== null
        ? await this.pageWithFacets(replica, request, asked, signal)
        : ((whole ? await this.pageOfTexts(replica, request, signal) : null) ??
          (await replica.ask((session) => readPage(session, replica, request), { signal })));
    const next = place === null ? null : writeCursor(loadNumber, order, place);
    return { ...page, version: { load: loadNumber, edit: page.edit }, cursor: next };
  }

  /** The page with records that are at hand as texts; null where one is not. */
  private async pageOfTexts(
    replica: Replica,
    request: PageRequest,
    signal: AbortSignal,
  ): Promise<Page | null> {
    if (!this.texts.has(replica)) return null;
    const page =
      this.placesOfColumns(replica, request) ??
      (await replica.ask((session) => readPlaces(session, replica, request), { signal }));
    const records = this.texts.take(replica, page.places);
    return records === null ? null : { ...page, records };
  }

  /** Page and facets from one state of the table. */
  private pageWithFacets(
    replica: Replica,
    request: PageRequest,
    asked: FacetRequest,
    signal: AbortSignal,
  ): Promise<Page & { facets: readonly Facet[] }> {
    return replica.read(
      async (session) => {
        const page = await readPage(session, replica, request);
        const facets = await readFacets(session, replica, request, asked);
        return { ...page, facets };
      },
      { signal },
    );
  }

  /** The page by columns that are at hand as numbers; null where one is not, or does not suffice. */
  private placesOfColumns(replica: Replica, request: PageRequest): PlacesPage | null {
    const asked = columnsOfQuestion(replica.schema, request);
    const held = asked === null ? null : this.columns.of(replica, asked);
    return held === null ? null : placesInMemory(held, replica.schema, request);
  }

  async summary(
    name: string,
    query: RawQuery,
    signal: AbortSignal,
  ): Promise<{ rows: number; columns: ColumnSummary[]; version: Version }> {
    const { parameters, filter } = parseQuery(ReadParameters, query);
    const replica = await this.replicas.of(name, parameters.version);
    const { schema, table } = replica;
    const parsed = parseFilter(schema, filter);
    return replica.read(
      async (session, version) => {
        const summary = await readSummary(session, table, schema, parsed, schema.columns);
        return { ...summary, version };
      },
      { signal },
    );
  }

  /** @param load a kept load, to read the record as it was loaded */
  async one(
    name: string,
    id: string,
    load?: number,
  ): Promise<{ stored: StoredRecord; schema: Schema; version: Version }> {
    if (load === undefined) {
      const { stored, schema, state } = await this.reader.get(name, id);
      return { stored, schema, version: state.version };
    }
    const replica = await this.replicas.of(name, load);
    const stored = await this.reader.asLoaded(replica, id);
    return { stored, schema: replica.schema, version: { load, edit: 0 } };
  }

  /** One value, as the text of `{column: value}`. @throws Problem `unknown-column` */
  async value(
    name: string,
    id: string,
    column: string,
    load?: number,
  ): Promise<{ json: string; version: Version }> {
    const { stored, schema, version } = await this.one(name, id, load);
    columnNamed('column', column, visibleColumns(schema));
    return { json: valueJson(schema, stored, id, column), version };
  }
}

const bothGiven = (): Problem =>
  Problem.field('invalid-parameter', 'offset', 'cannot be combined with cursor; leave one out');
