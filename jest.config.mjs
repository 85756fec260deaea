/** Native ESM: needs `node --experimental-vm-modules` (see scripts/test.mjs). */
export default {
  testEnvironment: 'node',
  // workspace packages resolve to their TypeScript source
  testEnvironmentOptions: { customExportConditions: ['@anrok-nest/source', 'node', 'node-addons'] },
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/test/faults/'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  setupFiles: ['<rootDir>/test/setup.mjs'],
  testSequencer: '<rootDir>/test/longest-first.sequencer.mjs',
  // ends what hangs; how fast something is, no test says, and a busy machine is slow
  testTimeout: 120_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
  collectCoverageFrom: ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts', '!**/main.ts', '!**/*.spec.ts'],
};
