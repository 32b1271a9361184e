import { readFileSync } from 'node:fs';

import type { Configuration } from '../../config/configuration.js';
import { Problem } from '../../errors/problem.js';
import { sharedServer } from '../../redis/connections.js';
import { Script } from '../../redis/script.js';
import { MAX_CRASHES } from '../job.js';
import { BACKOFF } from '../queue/backoff.js';
import { bullFunction } from '../queue/bull-scripts.js';
import { ANALYSES_QUEUE } from '../queue/queue-name.js';

const LOG_LINES = 1_000;
const MOST_FOLLOWERS = 1_000;
const DAY_MS = 86_400_000;
const CRASHED = new Problem('worker-crashed', 'the worker ended twice while it ran this job');

/**
 * The scripts that change jobs, and what they begin with: the configuration as constants, the functions of
 * `parts/`, and the scripts of Bull which they call.
 */
export class JobScripts {
  readonly submit = this.script('submit', 'clock', 'bull', 'message', 'work');
  readonly start = this.script('start', 'clock', 'work', 'run');
  readonly report = this.script('report', 'clock');
  readonly finish = this.script('finish', 'clock', 'work', 'results');
  readonly handBack = this.script('hand-back', 'clock', 'work');
  readonly cancel = this.script('cancel', 'clock', 'work');
  readonly retry = this.script('retry', 'clock', 'bull', 'message');
  readonly remove = this.script('remove', 'clock', 'work');
  readonly page = this.script('page', 'clock');
  readonly orphans = this.script('orphans', 'clock', 'bull', 'message');
  readonly publish = this.script('publish', 'clock', 'results');
  readonly dropResults = this.script('drop-results', 'clock', 'results');

  constructor(private readonly configuration: Configuration) {}

  /**
   * Bull's script which hands out messages, with the start of the run of the job in the same step.
   * @param tokenAt place of the token of the lock among its arguments
   */
  take(bull: 'moveToActive-8' | 'moveToFinished-9', tokenAt: number): Script {
    const before = [
      bullFunction('bull_script', bull),
      `local token_at = ${String(tokenAt)}\n`,
      ...['clock', 'work', 'run'].map(part),
    ];
    return new Script(file('take'), this.constants() + before.join(''));
  }

  private script(name: string, ...parts: readonly string[]): Script {
    return new Script(file(name), this.constants() + parts.map(part).join(''));
  }

  private constants(): string {
    const { keyPrefix, jobTtl, resultTtl, maxResultsBytes } = this.configuration;
    const shared = sharedServer(this.configuration, 'queue', 'results');
    const [queue, results] = shared ?? [0, 0];
    const settings = {
      ...{ queue: ANALYSES_QUEUE, backoff: BACKOFF, log_lines: LOG_LINES },
      ...{ most_followers: MOST_FOLLOWERS, most_crashes: MAX_CRASHES },
      ...{ crashed: JSON.stringify(CRASHED), once_ttl: DAY_MS },
      ...{ job_ttl: jobTtl, result_ttl: resultTtl, results_bytes: maxResultsBytes },
      ...{ together: shared === null ? 0 : 1 },
      ...{ queue_database: queue, results_database: results },
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${literal(value)}`);
    return `local base = ${literal(keyPrefix)}\nlocal settings = { ${lines.join(', ')} }\n`;
  }
}

const file = (name: string): URL => new URL(`./scripts/${name}.lua`, import.meta.url);

function part(name: string): string {
  if (name === 'bull') return bullFunction('bull_add_job', 'addJob-6');
  return readFileSync(new URL(`./parts/${name}.lua`, import.meta.url), 'utf8');
}

/** A constant of Lua; bytes outside of printable ASCII are written as numbers. */
function literal(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const bytes = [...Buffer.from(value)].map((byte) =>
    byte < 32 || byte > 126 || byte === 34 || byte === 92
      ? `\\${String(byte).padStart(3, '0')}`
      : String.fromCharCode(byte),
  );
  return `"${bytes.join('')}"`;
}
