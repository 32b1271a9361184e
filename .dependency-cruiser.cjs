/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      // Test-only analyses are copied into a build, from where their imports are read.
      from: { pathNot: '^test/factories/analyses/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-src-to-test',
      severity: 'error',
      from: { path: '^src', pathNot: '[.]spec[.]ts$' },
      to: { path: '^test' },
    },
    {
      name: 'no-dev-dep-in-src',
      severity: 'error',
      from: { path: '^src', pathNot: '[.]spec[.]ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
