import { Injectable } from '@nestjs/common';

import { AnalysisRegistry } from '../analyses/registry.js';
import { parseQuery, type RawQuery } from '../data/query/parse-query.js';
import { nearNames } from '../errors/near.js';
import { Problem } from '../errors/problem.js';
import type { SubmitJob } from '../jobs/requests/submit-job.js';
import { fieldsOf } from '../parameters/field-schema.js';

/** Somebody waits for it: before the jobs that nobody gave a priority. */
const PRIORITY = 10;

/** Makes the address of a picture into the job that draws it. */
@Injectable()
export class PictureRequests {
  private readonly kinds: readonly string[];

  constructor(private readonly registry: AnalysisRegistry) {
    // What has a theme is a picture.
    const drawn = registry
      .all()
      .filter(({ analysis }) => fieldsOf(analysis.params).some(({ name }) => name === 'theme'));
    this.kinds = drawn.map(({ analysis }) => analysis.name);
  }

  /**
   * `kind` and the parameters of that plot; everything else is a filter. Parameters win: a column called `x` is
   * filtered as `x__eq`.
   * @throws Problem `invalid-parameter`
   */
  of(dataset: string, { kind, ...query }: RawQuery): SubmitJob {
    if (typeof kind !== 'string' || !this.kinds.includes(kind)) {
      const near = typeof kind === 'string' ? nearNames(kind, this.kinds) : [];
      const message = `must be one of ${this.kinds.join(', ')}`;
      throw Problem.field('invalid-parameter', 'kind', message, { near });
    }
    const { analysis } = this.registry.get(kind);
    const { parameters, filter } = parseQuery(analysis.params, query);
    return { analysis: kind, dataset, params: { ...parameters }, filter, priority: PRIORITY };
  }
}

/** A problem of the job in the words of its address: the fields are `x` and not `params.x`. */
export function inAddress(error: unknown): unknown {
  if (!(error instanceof Problem) || error.extras.errors === undefined) return error;
  let { detail } = error;
  const errors = error.extras.errors.map(({ field, message }) => {
    const name = field.replace(/^(params|filter)\./, '');
    detail = detail.replaceAll(field, name);
    return { field: name, message };
  });
  return new Problem(error.code, detail, { ...error.extras, errors });
}
