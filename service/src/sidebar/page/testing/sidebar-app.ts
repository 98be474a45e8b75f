// Builds the sidebar's page routes around a fake Zendesk, for tests.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { silentLogger } from '../../../../testing/pipeline-deps.ts';
import type { TestDatabase } from '../../../../testing/test-database.ts';
import { createFakeZendesk, type FakeZendesk } from '../../../zendesk/create-fake-zendesk.ts';
import { createAppKey } from '../../identity/app-key.ts';
import { createFindAgent } from '../../identity/create-find-agent.ts';
import { createSessions, type Sessions } from '../../identity/create-sessions.ts';
import { ACCOUNT, type AppKeyPair, aKeyPair, NOW_S } from '../../identity/testing/an-agent.ts';
import { type AppBuild, readAppBuild } from '../app-build.ts';
import { type AppRouterDeps, createAppRouter } from '../create-app-router.ts';

export const SDK = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';

export interface SidebarApp {
  app: Express;
  zendesk: FakeZendesk;
  key: AppKeyPair;
  sessions: Sessions;
}

/** Creating one takes a good part of a second. */
const KEY = aKeyPair();

/** No test has a hanging Zendesk, and a busy machine may answer late. Milliseconds. */
const LONG_MS = 120_000;

/** App 3 of an account with Lena (7), at 9 o'clock. */
export function aSidebarApp(database: Pick<TestDatabase, 'db'>, parts: Partial<AppRouterDeps> = {}): SidebarApp {
  const clock = () => NOW_S * 1000;
  const zendesk = createFakeZendesk(clock);
  zendesk.account.appKeys.set(3, KEY.pem);
  zendesk.account.users.push({
    id: 7,
    name: 'Lena </script><!--',
    email: 'lena@northwind.test',
    role: 'agent',
    suspended: false,
    locale: 'de',
  });
  const sessions = createSessions({ readSecret: async () => Buffer.alloc(32, 1), accountUrl: ACCOUNT, clock });
  const app = express();
  // As in the whole application: headers for all pages must not block this one.
  app.use(helmet({ contentSecurityPolicy: false }));
  app.use(
    createAppRouter({
      page: 'sidebar',
      appKey: createAppKey({
        given: null,
        appId: 3,
        readAppKey: (id) => zendesk.readAppKey(id),
        clock,
        maxWaitMs: LONG_MS,
      }),
      sessions,
      findAgent: createFindAgent({
        db: database.db,
        zendesk,
        clock,
        logger: silentLogger,
        maxWaitMs: LONG_MS,
        briefWaitMs: LONG_MS,
      }),
      build: () => BUILD,
      accountUrl: ACCOUNT,
      sdkUrl: SDK,
      clock,
      logger: silentLogger,
      ...parts,
    }),
  );
  return { app, zendesk, key: KEY, sessions };
}

const MANIFEST = {
  'src/main.tsx': {
    file: 'assets/sidebar-a1.js',
    name: 'sidebar',
    isEntry: true,
    imports: ['_garden.js'],
    dynamicImports: ['translations/de.json'],
    css: ['assets/sidebar-b2.css'],
  },
  'src/dashboard.tsx': {
    file: 'assets/dashboard-f6.js',
    name: 'dashboard',
    isEntry: true,
    imports: ['_react.js'],
    css: ['assets/dashboard-g7.css'],
  },
  '_garden.js': { file: 'assets/garden-c3.js', name: 'garden', imports: ['_react.js'] },
  '_react.js': { file: 'assets/react-d4.js', name: 'react' },
  'translations/de.json': { file: 'assets/de-e5.js', name: 'de', isDynamicEntry: true },
};

/** A folder like Vite's output; `files` by path. */
export function aBuildFolder(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'deskwright-build-'));
  mkdirSync(join(folder, '.vite'));
  mkdirSync(join(folder, 'assets'));
  const all = {
    '.vite/manifest.json': JSON.stringify(MANIFEST),
    'assets/sidebar-a1.js': `console.log(${JSON.stringify('x'.repeat(2_000))})`,
    'assets/sidebar-b2.css': 'body { margin: 0 }',
    'assets/garden-c3.js': 'export {}',
    'assets/react-d4.js': 'export {}',
    'assets/de-e5.js': 'export {}',
    'assets/dashboard-f6.js': 'export {}',
    'assets/dashboard-g7.css': 'main { margin: 0 }',
    ...files,
  };
  for (const [path, text] of Object.entries(all)) writeFileSync(join(folder, path), text);
  return folder;
}

export const BUILD: AppBuild | null = readAppBuild(aBuildFolder());
