import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Root folder of the project; jest runs there. */
export const ROOT = process.cwd();
const GUARD = join(ROOT, 'scripts/launcher/guard.sh');

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * A program that a test starts. It runs under scripts/launcher/guard.sh, in a process group of its own, so
 * it ends with the test process, however that ends.
 */
export class GuardedProcess {
  readonly exited: Promise<Exit>;
  private text = '';
  private ended: Exit | undefined;
  private readonly guard: ChildProcess;

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.guard = spawn('/bin/sh', [GUARD, '0', '4', program, ...args], {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const output of [this.guard.stdout, this.guard.stderr]) {
      output?.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
    }
    this.guard.stdin?.on('error', () => undefined);
    this.exited = once(this.guard, 'exit').then(([code, signal]) => {
      this.guard.stdin?.destroy();
      this.signalGroup('SIGKILL');
      this.ended = { code: code as number | null, signal: signal as NodeJS.Signals | null };
      return this.ended;
    });
  }

  /** Everything written so far to standard output and standard error. */
  get output(): string {
    return this.text;
  }

  /** How it ended, or undefined while it runs. */
  get exit(): Exit | undefined {
    return this.ended;
  }

  /** SIGTERM, and how the program ended. */
  async stop(): Promise<Exit> {
    if (this.ended === undefined) this.guard.kill('SIGTERM');
    return this.exited;
  }

  /** SIGKILL to the program and all that it started. */
  async kill(): Promise<Exit> {
    if (this.ended === undefined) this.signalGroup('SIGKILL');
    return this.exited;
  }

  /** Ids of the processes that it has started, and they in turn, whose command line holds this text. */
  childrenWith(text: string): number[] {
    const lines = execFileSync('ps', ['-eo', 'pid=,pgid=,args='], { encoding: 'utf8' }).split('\n');
    return lines.flatMap((line) => {
      const [pid, group] = line.trim().split(/\s+/, 2);
      return group === String(this.guard.pid) && line.includes(text) ? [Number(pid)] : [];
    });
  }

  private signalGroup(signal: NodeJS.Signals): void {
    if (this.guard.pid === undefined) return;
    try {
      process.kill(-this.guard.pid, signal);
    } catch {
      // Nothing of the group is left.
    }
  }
}

/** A port of the loopback interface that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
