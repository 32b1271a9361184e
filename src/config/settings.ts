/**
 * Every setting of Almanac: its environment variable, type, default and meaning. This table is the
 * only place where a setting is described; `configuration.ts` parses it, the documentation and the
 * deployment files are tested against it. Nothing else reads the environment.
 */
import { bytes, choice, duration, flag, integer, list, text } from './setting.js';

export type { Setting } from './setting.js';

const GB = 2 ** 30;
const MB = 2 ** 20;
const PORT_MAX = 65535;

export const settings = {
  host: text({
    env: 'HOST',
    fallback: '127.0.0.1',
    description:
      'Address the API listens on. Beyond loopback it needs API_KEYS or ALLOW_ANONYMOUS=true.',
  }),
  port: integer(0, PORT_MAX, { env: 'PORT', fallback: 3000, description: 'Port of the API.' }),
  workerHost: text({
    env: 'WORKER_HOST',
    fallback: '127.0.0.1',
    description: 'Address on which a worker serves /health and /metrics.',
  }),
  workerPort: integer(0, PORT_MAX, {
    env: 'WORKER_PORT',
    fallback: 3001,
    description: 'Port on which a worker serves /health and /metrics; 0 takes a free one.',
  }),
  apiKeys: list({
    env: 'API_KEYS',
    fallback: [],
    secret: true,
    description:
      'Keys of 16 characters or more, separated by commas. When set, whatever changes something, and /metrics, need Authorization: Bearer KEY.',
  }),
  allowAnonymous: flag({
    env: 'ALLOW_ANONYMOUS',
    fallback: false,
    description: 'Allows listening beyond loopback without API_KEYS.',
  }),
  callbackSecret: text({
    env: 'CALLBACK_SECRET',
    fallback: '',
    secret: true,
    description: 'Signs the reports to callbacks whose request gives no secret.',
  }),
  logLevel: choice(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    {
      env: 'LOG_LEVEL',
      fallback: 'info',
      description: 'Least level of the log lines that are written (JSON, standard output).',
    },
    { warning: 'warn', critical: 'fatal' },
  ),
  redisUrl: text({
    env: 'REDIS_URL',
    fallback: '',
    secret: true,
    description:
      'Redis server, such as redis://user:password@host:6379. Its path is ignored: three databases are used, see below.',
  }),
  redisHost: text({
    env: ['REDIS_HOST', 'REDIS_IP'],
    fallback: '127.0.0.1',
    description:
      'Redis host, where REDIS_URL is not set. With NODE_ENV=production (as in the image) one of both has to be.',
  }),
  redisPort: integer(1, PORT_MAX, {
    env: 'REDIS_PORT',
    fallback: 6379,
    description: 'Redis port, where REDIS_URL is not set.',
  }),
  redisDataUrl: text({
    env: 'REDIS_DATA_URL',
    fallback: '',
    secret: true,
    description: 'Redis URL, database included, of the datasets. Default: database 0 of REDIS_URL.',
  }),
  redisQueueUrl: text({
    env: 'REDIS_QUEUE_URL',
    fallback: '',
    secret: true,
    description: 'Redis URL of queues and job records. Default: database 1 of REDIS_URL.',
  }),
  redisResultsUrl: text({
    env: 'REDIS_RESULTS_URL',
    fallback: '',
    secret: true,
    description: 'Redis URL of job results. Default: database 2 of REDIS_URL.',
  }),
  keyPrefix: text({
    env: 'KEY_PREFIX',
    fallback: 'almanac',
    description: 'First part of every key and channel name in Redis.',
  }),
  dataDir: text({
    env: 'DATA_DIR',
    fallback: './data',
    description: 'Folder for the cache of generations and the spool of uploads.',
  }),
  backupDir: text({
    env: 'BACKUP_DIR',
    fallback: './data/backups',
    description: 'Folder in which `almanac backup` keeps its backups.',
  }),
  cacheBytes: bytes({
    env: 'CACHE_BYTES',
    fallback: 20 * GB,
    description:
      'Most bytes of dataset files that one process keeps; least recently used go first.',
  }),
  maxUploadBytes: bytes({
    env: 'MAX_UPLOAD_BYTES',
    fallback: 4 * GB,
    description: 'Largest upload accepted, as sent.',
  }),
  maxExpandedBytes: bytes({
    env: 'MAX_EXPANDED_BYTES',
    fallback: 16 * GB,
    description: 'Largest upload accepted, after decompression.',
  }),
  loadTimeout: duration({
    env: 'LOAD_TIMEOUT',
    fallback: 600_000,
    description: 'Longest time for turning an upload into a table.',
  }),
  allowPrivateSources: flag({
    env: 'ALLOW_PRIVATE_SOURCES',
    fallback: false,
    description:
      'Allows addresses of private networks and of this machine as sources of datasets and for callbacks. Whoever may write can then reach what the service can.',
  }),
  queryTimeout: duration({
    env: 'QUERY_TIMEOUT',
    fallback: 30_000,
    description: 'Longest time for one query of a dataset.',
  }),
  keptLoads: integer(1, 1_000, {
    env: 'KEPT_LOADS',
    fallback: 3,
    description:
      'Loads of a dataset that are kept for ?version=, the current one included. Older ones also go where Redis has no room for new data.',
  }),
  exportTimeout: duration({
    env: 'EXPORT_TIMEOUT',
    fallback: 600_000,
    description: 'Longest time until the first row of an export is there, or its Parquet file.',
  }),
  exportStall: duration({
    env: 'EXPORT_STALL',
    fallback: 60_000,
    description: 'A reader of an export who takes nothing for this long is cut off.',
  }),
  duckdbThreads: integer(1, 256, {
    env: 'DUCKDB_THREADS',
    fallback: 2,
    description: 'Threads of the query engine in one process.',
  }),
  duckdbMemory: bytes({
    env: 'DUCKDB_MEMORY',
    fallback: 448 * MB,
    description: 'Memory that the query engine of one process may take before it spills to disk.',
  }),
  workerConcurrency: integer(1, 256, {
    env: 'WORKER_CONCURRENCY',
    fallback: 2,
    description: 'Jobs that one worker runs at the same time, each in its own thread.',
  }),
  jobTimeout: duration({
    env: 'JOB_TIMEOUT',
    fallback: 120_000,
    description: 'Longest run of a job; it is stopped then, and failed.',
  }),
  shutdownGrace: duration({
    env: 'SHUTDOWN_GRACE',
    fallback: 20_000,
    description: 'How long a stopping worker waits for its jobs before it hands them back.',
  }),
  crashAfter: duration(
    {
      env: 'CRASH_AFTER',
      fallback: 5_000,
      description:
        'Silence of a running job after which its worker counts as crashed; another takes the job within three times as long. The same for all processes, 2s or more.',
    },
    2_000,
  ),
  resultTtl: duration({
    env: 'RESULT_TTL',
    fallback: 7 * 86_400_000,
    description: 'How long the results of a job are kept.',
  }),
  jobTtl: duration({
    env: 'JOB_TTL',
    fallback: 30 * 86_400_000,
    description: 'How long the record of a finished job is kept.',
  }),
  maxResultsBytes: bytes({
    env: 'MAX_RESULTS_BYTES',
    fallback: 2 * GB,
    description: 'Most bytes of all results together; the oldest go first.',
  }),
  maxResultBytes: bytes({
    env: 'MAX_RESULT_BYTES',
    fallback: 64 * MB,
    description: 'Largest single result of a job.',
  }),
  defaultDataset: text({
    env: 'DEFAULT_DATASET',
    fallback: 'meteorites',
    description: 'Dataset of /data, of /image, and of a job request that names none.',
  }),
  defaultIndex: text({
    env: 'DEFAULT_INDEX',
    fallback: '',
    description:
      'Column of the default dataset that `start` and `end` of a job request without analysis compare, and that its plot is over. Default: its time column, else its key where that is a number (the plot is over its first measurement then).',
  }),
} as const;
