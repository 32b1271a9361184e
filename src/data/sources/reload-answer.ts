import type { FastifyReply, FastifyRequest } from 'fastify';

import { abortOnClose } from '../../http/abort-on-close.js';
import { jobView } from '../../jobs/views/job.view.js';
import { datasetView } from '../datasets/dataset-view.js';
import type { RawQuery } from '../query/parse-query.js';
import { formatVersion } from '../schema.js';
import type { Reload } from './reload.js';

/** A load by one request as an answer: 201 with the dataset and the report, or 202 with a job that goes on. */
export async function answerReload(
  reload: Reload,
  name: string,
  query: RawQuery,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<object> {
  const loaded = await reload.load(name, request, query, abortOnClose(reply));
  if ('job' in loaded) {
    const view = jobView(loaded.job);
    reply.status(202).header('location', `/jobs/${view.id}`);
    return view;
  }
  const { record, report, created } = loaded;
  reply.status(created ? 201 : 200).headers({
    'dataset-version': formatVersion(record.version),
    location: `/datasets/${name}`,
  });
  return { ...datasetView(record), report };
}
