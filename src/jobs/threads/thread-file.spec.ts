import { describe, expect, it } from '@jest/globals';

import { threadFile } from './thread-file.js';

describe('the file of a thread', () => {
  it('is the module itself where the build runs, also below a folder named src', () => {
    const url = new URL('file:///usr/src/app/dist/jobs/threads/compute.thread.js');
    expect(threadFile(url)).toBe('/usr/src/app/dist/jobs/threads/compute.thread.js');
  });

  it('is its counterpart in the build where the sources run', () => {
    const url = new URL('file:///home/src/almanac/src/analyses/line/line.analysis.ts');
    expect(threadFile(url)).toBe('/home/src/almanac/dist/analyses/line/line.analysis.js');
  });
});
