import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from '../support/guarded-process.js';

/**
 * A copy of the build with more analyses in it: those of test/factories/analyses, each one folder that is copied
 * beside the others. Nothing else is changed, which is what adding an analysis means.
 */
export class BuildWithAnalyses {
  readonly root = mkdtempSync(join(tmpdir(), 'almanac-build-'));

  constructor(...names: readonly string[]) {
    cpSync(join(ROOT, 'dist'), join(this.root, 'dist'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(this.root, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(this.root, 'node_modules'));
    for (const name of names) {
      cpSync(join(ROOT, 'test/factories/analyses', name), this.folder(name), { recursive: true });
    }
  }

  /** Path of a file of the build. */
  file(path: string): string {
    return join(this.root, 'dist', path);
  }

  folder(analysis: string): string {
    return this.file(`analyses/${analysis}`);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
