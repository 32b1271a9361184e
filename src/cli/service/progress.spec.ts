import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from '@jest/globals';

import { Progress } from './progress.js';

/** A stream that keeps what is written, and says whether it is a terminal. */
function stream(isTTY: boolean): { written: string; out: NodeJS.WriteStream } {
  const kept = {
    written: '',
    out: {
      isTTY,
      write(text: string) {
        kept.written += text;
        return true;
      },
    } as unknown as NodeJS.WriteStream,
  };
  return kept;
}

describe('progress', () => {
  it('is one line that is written anew on a terminal, and cleared at the end', async () => {
    const terminal = stream(true);
    const progress = new Progress('sending', terminal.out);
    await sleep(210);
    progress.show(0.5, '5 of 10 MB');
    expect(terminal.written).toBe(
      `\rsending [${'█'.repeat(12)}${'·'.repeat(12)}]  50 % 5 of 10 MB`,
    );
    progress.show(0.6);
    expect(terminal.written).not.toContain('60 %');
    progress.end();
    const line = terminal.written.split('\r')[1] ?? '';
    expect(terminal.written).toBe(`\r${line}\r${' '.repeat(line.length)}\r`);
  });

  it('has no bar where the end is not known', async () => {
    const terminal = stream(true);
    const progress = new Progress('receiving', terminal.out);
    await sleep(210);
    progress.show(null, '3 MB');
    expect(terminal.written).toBe('\rreceiving 3 MB');
  });

  it('writes nothing into a pipe', async () => {
    const pipe = stream(false);
    const progress = new Progress('sending', pipe.out);
    await sleep(210);
    progress.show(0.5);
    progress.end();
    expect(pipe.written).toBe('');
  });
});
