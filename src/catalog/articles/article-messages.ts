import type { Article } from './article.request.js';
import type { Entities } from './entity.js';

/** What the queue `articles` carries: the article itself. Its id there is that of the article and of its sending. */
export type ArticleMessage = Article;

/** What the queue `article-entities` carries. */
export interface EntitiesMessage {
  readonly article: Article;
  /** Null where the text broke the search several times. */
  readonly entities: Entities | null;
}
