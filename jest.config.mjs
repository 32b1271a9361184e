/** ES-module packages reached by require(): @fastify/static and light-my-request. */
const esmPackages = 'content-disposition|cookie';

/** @type {import('jest').Config} */
const base = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/metadata.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    [`/node_modules/(?:${esmPackages})/.+\\.js$`]:
      '<rootDir>/test/support/esm-package-transform.mjs',
    '^.+\\.ts$': ['ts-jest', { useESM: true, tsconfig: 'tsconfig.json' }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esmPackages})/)`],
};
const withRedis = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  setupFiles: ['<rootDir>/test/support/metadata.ts'],
};

const project = (name, testMatch, extra = {}) => ({
  ...base,
  ...extra,
  displayName: name,
  testMatch,
});

/** @type {import('jest').Config} */
export default {
  projects: [
    project('unit', ['<rootDir>/src/**/*.spec.ts']),
    project('meta', ['<rootDir>/test/meta/**/*.spec.ts']),
    project('integration', ['<rootDir>/test/integration/**/*.spec.ts'], withRedis),
    project('conformance', ['<rootDir>/test/conformance/**/*.spec.ts'], withRedis),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts'], withRedis),
  ],
  testTimeout: 60000,
  // Many wait for processes that they start: three keep two processors busy.
  maxWorkers: 3,
  coverageProvider: 'v8',
  coverageDirectory: 'coverage',
  coverageReporters: ['text', 'lcov', 'json-summary'],
  collectCoverageFrom: ['src/**/*.ts', '!src/main.ts', '!src/worker.ts'],
};
