// Creates what every page of the app needs: who may open it, and its files.
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { Zendesk } from '../../zendesk/zendesk.ts';
import { createAppKey } from '../identity/app-key.ts';
import { createFindAgent } from '../identity/create-find-agent.ts';
import { createSessions, readSessionSecret } from '../identity/create-sessions.ts';
import { type AppBuild, findAppBuild, readAppBuild } from './app-build.ts';
import type { PageDeps } from './open-page.ts';

export interface AppPagesDeps {
  config: {
    zendesk: { baseUrl: string };
    sidebar: { appId: number | null; publicKey: string | null; sdkUrl: string };
  };
  db: Database;
  zendesk: Pick<Zendesk, 'readAppKey' | 'showAgents'>;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
}

/** One for all pages of a process, so that agents are read from Zendesk once. Reads nothing by itself. */
export function createAppPages({ config, db, zendesk, clock, logger }: AppPagesDeps): PageDeps {
  const { appId, publicKey, sdkUrl } = config.sidebar;
  const accountUrl = new URL(config.zendesk.baseUrl).origin;
  return {
    appKey: createAppKey({ given: publicKey, appId, readAppKey: (id) => zendesk.readAppKey(id), clock }),
    sessions: createSessions({ readSecret: () => readSessionSecret(db), accountUrl, clock }),
    findAgent: createFindAgent({ db, zendesk, clock, logger }),
    build: keepBuild(),
    accountUrl,
    sdkUrl,
    clock,
    logger,
  };
}

/** Read when first needed, and retried until it exists. */
function keepBuild(): () => AppBuild | null {
  let folder: string | null = null;
  let held: AppBuild | null = null;
  return () => (held ??= readAppBuild((folder ??= findAppBuild())));
}
