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
    {
      name: 'controllers-know-no-storage',
      comment: 'A controller asks a service; it touches neither Redis nor the queue.',
      severity: 'error',
      from: { path: '^src/.*[.]controller[.]ts$' },
      to: { path: '^src/redis/|node_modules/(ioredis|bull|@nestjs/bull)/' },
    },
    {
      name: 'services-know-no-http',
      comment:
        'A service takes values and gives values; requests and replies end at the controller.',
      severity: 'error',
      from: { path: '^src/.*[.]service[.]ts$' },
      to: { path: 'node_modules/(fastify|@fastify/[^/]+|@nestjs/platform-fastify)/' },
    },
    {
      name: 'errors-know-no-domain',
      comment: 'Everybody may throw a Problem, so the problems depend on nobody.',
      severity: 'error',
      from: { path: '^src/errors/' },
      to: { path: '^src/', pathNot: '^src/errors/' },
    },
    {
      name: 'configuration-knows-nobody',
      severity: 'error',
      from: { path: '^src/config/', pathNot: '[.]spec[.]ts$' },
      to: { path: '^src/', pathNot: '^src/config/' },
    },
    {
      name: 'analyses-stand-alone',
      comment: 'An analysis is one folder, which can be removed without touching another.',
      severity: 'error',
      from: { path: '^src/analyses/([^/]+)/' },
      to: { path: '^src/analyses/[^/]+/', pathNot: '^src/analyses/$1/' },
    },
    {
      name: 'analyses-know-contracts-only',
      comment:
        'No HTTP, no Redis, no jobs: an analysis gets a reader and plain data. What makes SQL of requests is plain data too.',
      severity: 'error',
      from: { path: '^src/analyses/[^/]+/', pathNot: '[.]spec[.]ts$' },
      to: {
        path: '^src/(catalog|config|health|http|jobs|logging|redis)/|^src/data/.*/',
        pathNot: '^src/data/query/',
      },
    },
    {
      name: 'catalog-entries-stand-alone',
      severity: 'error',
      from: { path: '^src/catalog/([^/]+)/' },
      to: { path: '^src/catalog/[^/]+/', pathNot: '^src/catalog/$1/' },
    },
    {
      name: 'plots-know-no-service',
      comment: 'Drawing happens in threads, from plain data.',
      severity: 'error',
      from: { path: '^src/plots/', pathNot: '[.]spec[.]ts$' },
      to: { path: '^src/(catalog|config|health|http|jobs|logging|redis)/|^src/data/.*/' },
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
