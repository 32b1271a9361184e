import { Inject, Injectable } from '@nestjs/common';

import type { DatasetAbout } from '../../analyses/analysis.js';
import { AnalysisRegistry, type RegisteredAnalysis } from '../../analyses/registry.js';
import { CONFIGURATION } from '../../config/config.module.js';
import type { Configuration } from '../../config/configuration.js';
import { DatasetAccess, type RawFilter } from '../../data/dataset-access.js';
import { Problem } from '../../errors/problem.js';
import { OperationRegistry } from '../../operations/operation-registry.js';
import { checkColumns } from '../../parameters/column-check.js';
import { validateJson } from '../../parameters/validate.js';
import type { JobPlan } from '../job.js';
import { commonOf } from './common-fields.js';
import { defaultJob, indexOf } from './default-job.js';
import { jobTimeout } from './job-timeout.js';
import { OperationPlanner } from './operation-planner.js';
import { questionOf } from './question.js';
import type { SubmitJob } from './submit-job.js';

/** Makes a request into a plan: complete, and checked against the analysis and the dataset. */
@Injectable()
export class JobPlanner {
  constructor(
    private readonly registry: AnalysisRegistry,
    private readonly operations: OperationRegistry,
    private readonly forOperation: OperationPlanner,
    private readonly datasets: DatasetAccess,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /**
   * @param wanted names of the results that are to be made; null: all
   * @throws Problem with the field at fault, `unknown-analysis`, `unknown-dataset`, `unknown-column`, ...
   */
  async plan(request: SubmitJob, wanted: readonly string[] | null = null): Promise<JobPlan> {
    checkForm(request);
    const operation = this.operations.find(request.analysis ?? '');
    if (operation?.submittable === true) {
      checkNoFilter(operation.name, request);
      return this.forOperation.plan(operation, request);
    }
    const timeout = jobTimeout(request.timeout, this.configuration.jobTimeout, 'JOB_TIMEOUT');
    const named = request.analysis === undefined ? null : this.analysis(request.analysis);
    const about = await this.datasets.describe(
      request.dataset ?? this.configuration.defaultDataset,
    );
    const { defaultDataset, defaultIndex } = this.configuration;
    const configured = about.name === defaultDataset ? defaultIndex : '';
    // The filter knows the time column by itself, and what a year or a day of it is.
    const timed = configured === '' && about.schema.time !== null;
    const index = timed ? '' : (indexOf(about, configured) ?? '');
    const chosen = named === null ? defaultJob(about, configured) : null;
    const { analysis } = named ?? this.registry.get(chosen?.analysis ?? '');

    const given = chosen?.params ?? request.params ?? {};
    const checked = validateJson(analysis.params, given, 'params.');
    checkColumns(analysis.params, checked, about.schema);
    const params = analysis.complete?.(checked, about.schema) ?? checked;
    checkColumns(analysis.params, params, about.schema);
    const asked = {
      analysis: analysis.name,
      dataset: about.name,
      params: params as Record<string, unknown>,
      filter: this.filter(request, about, index),
      version: about.version,
      wanted,
    };
    return {
      ...asked,
      ...commonOf(request, this.configuration),
      timeout,
      question: questionOf(asked),
    };
  }

  /** @param index the column that `start` and `end` compare; '' for the time column of the dataset */
  private filter(request: SubmitJob, about: DatasetAbout, index: string): RawFilter {
    const { start, end, filter = {} } = request;
    if (index !== '' && Number(start) > Number(end)) {
      throw Problem.field('invalid-parameter', 'start', 'must not be after end');
    }
    const [from, to] = index === '' ? ['start', 'end'] : [`${index}__gte`, `${index}__lte`];
    const range = {
      ...(start === undefined ? {} : { [from]: start }),
      ...(end === undefined ? {} : { [to]: end }),
    };
    this.datasets.checkFilter(about, filter);
    try {
      this.datasets.checkFilter(about, range);
    } catch (error) {
      throw asSent(error, { [`filter.${from}`]: 'start', [`filter.${to}`]: 'end' });
    }
    return { ...filter, ...range };
  }

  private analysis(name: string): RegisteredAnalysis {
    if (this.operations.find(name) === undefined) return this.registry.get(name);
    throw Problem.field(
      'invalid-parameter',
      'analysis',
      `${name} is an operation with a route of its own; GET /help lists the routes`,
    );
  }
}

/** A problem with its fields by the names under which they were sent. */
function asSent(error: unknown, names: Readonly<Record<string, string>>): unknown {
  const fault = error instanceof Problem ? error.extras.errors?.[0] : undefined;
  const name = names[fault?.field ?? ''];
  if (!(error instanceof Problem) || fault === undefined || name === undefined) return error;
  const { code, extras } = error;
  const message = fault.message.replaceAll('filter.end', 'end');
  return Problem.field(code, name, message, {
    ...extras,
    errors: [{ field: name, message }],
  });
}

function checkNoFilter(operation: string, { filter }: SubmitJob): void {
  if (filter === undefined) return;
  throw Problem.field('invalid-parameter', 'filter', `${operation} takes no filter`);
}

/** `start` and `end` stand for an analysis; beside one they belong into its filter. */
function checkForm({ analysis, params, start, end }: SubmitJob): void {
  const bound = start !== undefined ? 'start' : end !== undefined ? 'end' : null;
  if (analysis !== undefined && bound !== null) {
    throw Problem.field(
      'invalid-parameter',
      bound,
      `stands only in a request without an analysis; use filter: {"${bound}": ...}`,
    );
  }
  if (analysis !== undefined) return;
  if (bound === null) {
    const message = 'is missing; GET /analyses lists what can be run';
    throw Problem.field('invalid-parameter', 'analysis', message);
  }
  if (params !== undefined) {
    throw Problem.field('invalid-parameter', 'params', 'need an analysis that they are for');
  }
}
