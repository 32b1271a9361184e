/** The queue of jobs. A process that only adds to a queue never asks it for work. */
export const ANALYSES_QUEUE = 'analyses';

/** Articles whose entities are to be found. */
export const ARTICLES_QUEUE = 'articles';

/** Articles with their entities, which are to be saved. */
export const ENTITIES_QUEUE = 'article-entities';

export const QUEUES = [ANALYSES_QUEUE, ARTICLES_QUEUE, ENTITIES_QUEUE] as const;
