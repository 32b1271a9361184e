import { entry, type Entry } from './problem-entry.js';
import { serviceProblems } from './service-problems.js';

/**
 * The problem table: every error that a caller can meet, with its HTTP status, its title and what to
 * do about it. It makes the `application/problem+json` answers, the pages under /problems, the
 * OpenAPI responses and the `problem` of a failed job. Only `src/errors` knows the statuses.
 */
export const problems = {
  'invalid-parameter': entry(
    400,
    'A parameter has a wrong value',
    'The field is named in `errors`, with what was expected. Correct it and send the request again.',
  ),
  'unknown-parameter': entry(
    400,
    'There is no such parameter',
    'Unknown parameters are refused, never ignored. `near` names similar ones.',
  ),
  'unknown-column': entry(
    400,
    'The dataset has no such column',
    'Column names match exactly, case included. GET /datasets/{name} lists them; `near` names similar ones.',
  ),
  'invalid-body': entry(
    400,
    'The body does not have the expected form',
    'Compare it with the example of this route in /docs.',
  ),
  'malformed-json': entry(
    400,
    'The body is not valid JSON',
    'The place of the first fault is in `detail`.',
  ),
  unauthorized: entry(
    401,
    'This needs an API key',
    'Send the header `Authorization: Bearer KEY` with one of the keys of the service.',
  ),
  'not-found': entry(404, 'There is nothing at this address', 'GET /help lists every route.'),
  'unknown-dataset': entry(
    404,
    'There is no such dataset',
    'GET /datasets lists them; PUT /datasets/{name} makes one from a file.',
  ),
  'unknown-record': entry(404, 'There is no such record', 'Records are addressed by their key.'),
  'unknown-analysis': entry(
    404,
    'There is no such analysis',
    'GET /analyses lists them; `near` names similar ones.',
  ),
  'unknown-job': entry(
    404,
    'There is no such job',
    'It may be older than the time for which job records are kept. GET /jobs lists the jobs.',
  ),
  'unknown-queue': entry(404, 'There is no such queue', 'GET /queues lists them.'),
  'unknown-schedule': entry(404, 'There is no such schedule', 'GET /schedules lists them.'),
  'no-image': entry(404, 'There is no image', 'POST /image draws one of the default dataset.'),
  'unknown-result': entry(
    404,
    'The job has no such result',
    'GET /jobs/{id}/results lists the results.',
  ),
  'method-not-allowed': entry(
    405,
    'This address does not take that method',
    'The header `Allow` names the methods that it takes.',
  ),
  'not-acceptable': entry(
    406,
    'There is no answer of the media types asked for',
    'The types that can be had are named in `detail`. Ask for one of them, or leave `Accept` out.',
  ),
  'record-exists': entry(
    409,
    'There is a record with this key already',
    'Replace it with PUT, or send ?onConflict=replace.',
  ),
  'dataset-changed': entry(
    409,
    'The dataset was changed at the same time',
    'Nothing was written. Send the request again.',
  ),
  'dataset-exists': entry(
    409,
    'There is a dataset of this name already',
    'Choose another name, or load new data into it with PUT /datasets/{name}.',
  ),
  'dataset-not-loaded': entry(
    409,
    'The dataset was declared, but not loaded yet',
    'POST /datasets/{name}/load fetches its source and loads it.',
  ),
  'no-data': entry(
    409,
    'The default dataset holds no data',
    'POST /data loads it, from its source or from the body.',
  ),
  'no-source': entry(
    409,
    'The dataset has no source to load from',
    'It was loaded from an upload: send the new file with PUT /datasets/{name}.',
  ),
  'job-not-finished': entry(
    409,
    'The job is not finished yet',
    'Ask again after the seconds in `Retry-After`, or cancel the job.',
  ),
  'job-finished': entry(409, 'The job is finished already', 'There is nothing left to cancel.'),
  'job-not-failed': entry(
    409,
    'Only a failed job can be tried again',
    'POST /jobs/{id}/rerun makes a new job from the same request, whatever became of this one.',
  ),
  'too-many-schedules': entry(
    409,
    'There are as many schedules as there may be',
    'Remove one that is not needed any more: DELETE /schedules/{id}.',
  ),
  'job-cancelled': entry(410, 'The job was cancelled', 'Submit it again to get results.'),
  'result-expired': entry(
    410,
    'The results of this job have expired',
    'Submit the job again to compute them anew.',
  ),
  'version-gone': entry(
    410,
    'This load of the dataset is not kept',
    'GET /datasets/{name}/versions lists the loads that are; the newest version needs no parameter.',
  ),
  'cursor-gone': entry(
    410,
    'The dataset was loaded anew since this cursor was made',
    'Its records have other places now. Begin again with the first page, without `cursor`.',
  ),
  'precondition-failed': entry(
    412,
    'The record is not the one that If-Match names',
    'Read the record again and repeat the change with its new ETag.',
  ),
  'payload-too-large': entry(
    413,
    'The body is too large',
    'The limit is in `detail`; it is a setting of the service.',
  ),
  'unsupported-media-type': entry(
    415,
    'The body has a media type that is not read here',
    'The types that are read are named in `detail`.',
  ),
  'range-not-satisfiable': entry(
    416,
    'There is no such part',
    '`size` and `Content-Range` say how many bytes there are. Ask for a part of them, or without `Range` for all.',
  ),
  'idempotency-mismatch': entry(
    422,
    'The Idempotency-Key was used for another request',
    'A key stands for one request for 24 hours. Take a new key for a new request.',
  ),
  'unreadable-file': entry(
    422,
    'The file cannot be read as a table',
    'The reason, and the line where there is one, is in `detail`. Nothing was changed.',
  ),
  'rejected-rows': entry(
    422,
    'Rows of the file do not fit',
    'The load was asked to fail then (onError=fail), so nothing was changed. `rejects` names the first; without onError they go to /rejects and the others are loaded.',
  ),
  'source-refused': entry(
    422,
    'The source may not be fetched',
    'Sources are fetched by http: and https: from the public internet, redirects too. ALLOW_PRIVATE_SOURCES lifts that for addresses of private networks.',
  ),
  'empty-dataset': entry(
    422,
    'There are no rows or values to work on',
    'Load data, or widen the filter.',
  ),
  'too-few-values': entry(
    422,
    'There are too few different values to compute this from',
    'What is needed is in `detail`. Widen the filter, or ask for less.',
  ),
  'unsuitable-format': entry(
    422,
    'The format cannot hold a value of this table',
    'The column is in `detail`. Choose another format, or leave the column out with `fields`.',
  ),
  'unsuitable-column': entry(
    422,
    'The column has the wrong type for this',
    'GET /datasets/{name} shows the type of each column; a load with `schema` sets it.',
  ),
  'job-failed': entry(
    422,
    'The job failed',
    'The reason is in `cause`. Correct the request and submit it again.',
  ),
  'job-timeout': entry(
    422,
    'The job ran longer than its time limit',
    'Narrow the filter, or raise JOB_TIMEOUT.',
  ),
  'result-too-large': entry(
    422,
    'A result is larger than a result may be',
    'Narrow the filter or make the picture smaller; the limit is a setting of the service.',
  ),
  'too-many-rows': entry(
    422,
    'The selection has more rows than this can take',
    'Nothing is sampled silently. Narrow the filter; the limit is in `detail`.',
  ),
  'out-of-memory': entry(
    422,
    'The job needed more memory than a job may take',
    'Narrow the filter, or ask for less detail.',
  ),
  'worker-crashed': entry(
    422,
    'The job ended its worker process twice',
    'It was not tried again. Narrow the request; the log of the worker tells more.',
  ),
  'too-many-edits': entry(
    429,
    'Too many edits are waiting to be folded in',
    'Send the edit again after the seconds in `Retry-After`, or load the dataset anew.',
  ),
  ...serviceProblems,
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof problems;
