import type { ProblemCode } from './problems.js';

/** One field at fault: where it is, and what was expected. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

export interface ProblemExtras {
  readonly errors?: readonly FieldFault[];
  /** Names that look like the unknown one. */
  readonly near?: readonly string[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  readonly [name: string]: unknown;
}

/** A problem as plain JSON: what a thread or process hands to another, what a job record keeps. */
export interface ProblemJson extends ProblemExtras {
  readonly code: ProblemCode;
  readonly detail: string;
}

/**
 * An expected failure, by its code in the problem table. Domain code throws it and knows no HTTP;
 * the filter turns it into an answer, the worker into the end of a job. Anything else is a bug.
 */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }

  static field(
    code: ProblemCode,
    field: string,
    message: string,
    extras: ProblemExtras = {},
  ): Problem {
    return new Problem(code, `${field}: ${message}`, { errors: [{ field, message }], ...extras });
  }

  static fromJson({ code, detail, ...extras }: ProblemJson): Problem {
    return new Problem(code, detail, extras);
  }

  toJSON(): ProblemJson {
    return { code: this.code, detail: this.detail, ...this.extras };
  }
}
