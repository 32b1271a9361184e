import { defineDataset } from '../declaration.js';

export default defineDataset({
  name: 'articles',
  title: 'Articles',
  description: 'Texts that were sent to /articles, with the entities that occur in each.',
  source: 'POST /articles',
  licence: 'That of each article',
  citation: 'The articles as they were sent',
  waysIn: 'POST /articles sends the first article',
  key: 'id',
  time: 'published',
  columns: {
    id: { type: 'text', description: 'Given id, or the hash of the content' },
    title: { type: 'text', description: 'Title' },
    url: { type: 'text', description: 'Address of the article' },
    author: { type: 'text', description: 'Who wrote it' },
    published: { type: 'timestamp', description: 'When it was published, UTC' },
    received: { type: 'timestamp', description: 'When it was sent here, UTC' },
    words: { type: 'integer', description: 'Words of the body' },
    mentions: { type: 'integer', description: 'Entities that occur, each as often as it does' },
    entities: {
      type: 'json',
      description: 'people, places, organisations, groups, dates, amounts: lists of {text, count}',
    },
    body: { type: 'text', description: 'The text' },
  },
  ownRoutes: true,
  needs: ['id', 'received', 'entities', 'body'],
});
