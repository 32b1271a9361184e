import { createHash } from 'node:crypto';

import { Problem } from '../../errors/problem.js';
import { IntegerField, ChoiceField, TextField } from '../../parameters/fields.js';
import { validateJson } from '../../parameters/validate.js';
import { entityTypes, type EntityType } from './entity.js';

/** Most articles of one request. */
export const MAX_ARTICLES = 500;

/** One article of POST /articles. */
export class ArticleRequest {
  @TextField({
    description: 'Its key: letters, digits, dashes, dots. Default: the hash of its content.',
    example: 'moon-landing',
    pattern: [
      /^(?!entities$)[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
      'must be 1 to 100 of A-Z a-z 0-9 . _ - and begin with a letter or digit; "entities" is taken',
    ],
    maxLength: 100,
    optional: true,
  })
  id?: string;

  @TextField({ description: 'Title.', example: 'The Moon', optional: true })
  title?: string;

  @TextField({
    description: 'Address of the article.',
    example: 'https://example.org/moon',
    maxLength: 2000,
    optional: true,
  })
  url?: string;

  @TextField({ description: 'Who wrote it.', optional: true })
  author?: string;

  @TextField({
    description: 'Day or time of its publication.',
    example: '1969-07-21',
    pattern: [
      /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/,
      'must be a day such as 1969-07-21 or a time such as 1969-07-21T02:56:15Z',
    ],
    optional: true,
  })
  published?: string;

  @TextField({
    description: 'The text.',
    example: 'Neil Armstrong and Buzz Aldrin landed on the Moon on July 20, 1969.',
    maxLength: 1_000_000,
  })
  body!: string;
}

/** `GET /articles/entities` */
export class EntitiesParameters {
  @ChoiceField(entityTypes, { description: 'Only entities of this type.', optional: true })
  type?: EntityType;

  @IntegerField({
    description: 'How many entities of each type, the most frequent first.',
    min: 1,
    max: 10_000,
    default: 20,
  })
  top!: number;
}

/** An article that was accepted. Times are RFC 3339. */
export interface Article {
  readonly id: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly author: string | null;
  readonly published: string | null;
  readonly received: string;
  readonly body: string;
}

/**
 * The articles of a request: one object or a list.
 * @throws Problem `invalid-body`, `invalid-parameter` with the place of the fault: `[3].body`
 */
export function articlesOf(body: unknown, received: Date): Article[] {
  if (!Array.isArray(body)) return [articleOf(body, '', received)];
  if (body.length === 0 || body.length > MAX_ARTICLES) {
    const found = String(body.length);
    throw new Problem(
      'invalid-body',
      `a list must hold 1 to ${String(MAX_ARTICLES)} articles, this one holds ${found}`,
    );
  }
  return body.map((one, index) => articleOf(one, `[${String(index)}].`, received));
}

function articleOf(body: unknown, path: string, received: Date): Article {
  const given = validateJson(ArticleRequest, body, path);
  const { id, title = null, url = null, author = null, published } = given;
  const time = published === undefined ? null : new Date(published);
  if (time !== null && Number.isNaN(time.getTime())) {
    throw Problem.field('invalid-parameter', `${path}published`, 'is no day of the calendar');
  }
  return {
    id: id ?? hashOf([title, url, author, published ?? null, given.body]),
    ...{ title, url, author, published: time?.toISOString() ?? null },
    received: received.toISOString(),
    body: given.body,
  };
}

const hashOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
