import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** How curl was answered. */
export interface Answer {
  readonly status: number;
  readonly type: string;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** One for each curl that the command ran. */
  readonly answers: readonly Answer[];
}

/** Seconds that one curl of a page may take. */
const CURL_LIMIT = 20;
const ANSWER = /^@answer (\d+) (.*)$/gm;

/** One shell that runs command after command, as a reader's terminal does: variables stay. */
export class ShellSession {
  private readonly shell: ChildProcess;
  private readonly own = mkdtempSync(join(tmpdir(), 'almanac-shell-'));

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    writeFileSync(join(this.own, 'curl'), noisyCurl());
    chmodSync(join(this.own, 'curl'), 0o755);
    this.shell = spawn('sh', [], {
      cwd: folder,
      env: { ...env, PATH: `${this.own}${delimiter}${env['PATH'] ?? ''}` },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  }

  async run(command: string): Promise<Outcome> {
    const [script, out, err] = ['command', 'out', 'err'].map((name) => join(this.own, name));
    if (script === undefined || out === undefined || err === undefined) throw new Error('no files');
    writeFileSync(script, `${command}\n`);
    this.shell.stdin?.write(`. '${script}' >'${out}' 2>'${err}' </dev/null; echo "ended $?"\n`);
    const code = await this.ended();
    const stderr = readFileSync(err, 'utf8');
    return {
      code,
      stdout: readFileSync(out, 'utf8'),
      stderr: stderr.replace(ANSWER, '').trim(),
      answers: [...stderr.matchAll(ANSWER)].map(([, status, type = '']) => ({
        status: Number(status),
        type,
      })),
    };
  }

  async close(): Promise<void> {
    if (this.shell.exitCode === null) {
      this.shell.stdin?.end();
      await once(this.shell, 'exit');
    }
    rmSync(this.own, { recursive: true, force: true });
  }

  private async ended(): Promise<number> {
    if (this.shell.stdout === null) throw new Error('the shell has no output');
    const [chunk] = (await once(this.shell.stdout, 'data')) as [Buffer];
    return Number(/^ended (\d+)/.exec(chunk.toString())?.[1]);
  }
}

/** A curl which has a time limit and tells on standard error how it was answered. */
function noisyCurl(): string {
  const curl = spawnSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).stdout.trim();
  if (curl === '') throw new Error('the commands of the README need curl');
  const tell = '%{stderr}\\n@answer %{http_code} %{content_type}\\n';
  return `#!/bin/sh\nexec '${curl}' -m ${String(CURL_LIMIT)} -w '${tell}' "$@"\n`;
}
