import { entry, type Entry } from './problem-entry.js';

/** The part of the problem table that is nobody's fault but the service's, or that of what it stands on. */
export const serviceProblems = {
  internal: entry(
    500,
    'Something went wrong in the service',
    'It is not your fault. The log holds the details under the request id.',
  ),
  'source-failed': entry(
    502,
    'The source did not give the file',
    'What happened is in `detail`. Nothing was changed. Try again later, correct the address, or send the file itself: PUT /datasets/{name}.',
  ),
  'storage-unavailable': entry(
    503,
    'The storage cannot be reached at the moment',
    'Nothing was half-written. Send the request again after the seconds in `Retry-After`.',
  ),
  'too-many-exports': entry(
    503,
    'As many exports as can be made are running already',
    'Send the request again after the seconds in `Retry-After`.',
  ),
  'too-many-pictures': entry(
    503,
    'Too many pictures are waited for at the moment',
    'Send the request again after the seconds in `Retry-After`, or submit a job: POST /jobs.',
  ),
  'too-many-streams': entry(
    503,
    'Too many jobs are followed at the moment',
    'Try again after the seconds in `Retry-After`, or ask with GET /jobs/{id}?wait=30.',
  ),
  'queue-closed': entry(
    503,
    'The queue takes no new jobs at the moment',
    'Nothing was accepted. Send the request again after the seconds in `Retry-After`; `detail` may say why.',
  ),
  'query-timeout': entry(
    503,
    'The query ran longer than its time limit',
    'Narrow the filter, or raise QUERY_TIMEOUT.',
  ),
  'storage-full': entry(
    507,
    'The storage has no room for this',
    'Nothing was changed. Delete datasets or give the storage more memory.',
  ),
} as const satisfies Record<string, Entry>;
