import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A connection as far as scripts need it; that of Bull comes from another version of the client. */
export interface ScriptConnection {
  evalsha(...args: [string, number, ...(string | number | Buffer)[]]): Promise<unknown>;
  eval(...args: [string, number, ...(string | number | Buffer)[]]): Promise<unknown>;
}

/**
 * A Lua script which Redis runs as one step. Every script is a file beside the code that calls it, with
 * a header that names its keys, arguments and answers.
 */
export class Script {
  readonly text: string;
  private readonly sha: string;

  /**
   * @param file URL of the .lua file, made with `new URL('./x.lua', import.meta.url)`
   * @param before Lua text in front of it: functions and constants that it uses
   */
  constructor(file: URL, before = '') {
    this.text = before + readFileSync(file, 'utf8');
    this.sha = createHash('sha1').update(this.text).digest('hex');
  }

  async run(
    redis: ScriptConnection,
    keys: readonly string[],
    args: readonly (string | number | Buffer)[],
  ): Promise<unknown> {
    try {
      return await redis.evalsha(this.sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return await redis.eval(this.text, keys.length, ...keys, ...args);
    }
  }
}
