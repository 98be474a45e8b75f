// Journeys in a real browser, on a real database and a real mail server. `npm run test:e2e` runs them.
import base from './jest.config.js';

const service = base.projects.find((project) => project.displayName === 'service');

/** @type {import('jest').Config} */
export default {
  ...service,
  displayName: 'e2e',
  rootDir: import.meta.dirname,
  testMatch: ['<rootDir>/e2e/**/*.test.ts'],
  modulePathIgnorePatterns: [],
  globalSetup: '<rootDir>/service/testing/global-setup.ts',
  globalTeardown: '<rootDir>/service/testing/global-teardown.ts',
  reporters: base.reporters,
  testTimeout: base.testTimeout,
  workerGracefulExitTimeout: base.workerGracefulExitTimeout,
  maxWorkers: 2,
};
