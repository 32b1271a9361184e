// ES-module packages that CommonJS packages require(). Before Node 24.9 jest cannot do that, so it
// asks for CommonJS (supportsStaticESM false); from 24.9 on, and for imports, the file stays as it is.
import { createHash } from 'node:crypto';

import ts from 'typescript';

export default {
  getCacheKey(source, path, { supportsStaticESM }) {
    return createHash('sha256')
      .update(`2\0${ts.version}\0${path}\0${supportsStaticESM}\0`)
      .update(source)
      .digest('hex');
  },
  process(source, path, { supportsStaticESM }) {
    if (supportsStaticESM) return { code: source };
    const { outputText } = ts.transpileModule(source, {
      fileName: path.replace(/\.m?js$/, '.cts'),
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2023,
        esModuleInterop: true,
      },
    });
    return { code: outputText };
  },
};
