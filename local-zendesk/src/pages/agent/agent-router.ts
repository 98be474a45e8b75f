// Assembles the routes of the agent workspace.
import express, { Router } from 'express';
import type { Account } from '../../account/account.ts';
import type { AppFrames } from '../../apps/types.ts';
import { sameOrigin } from '../same-origin.ts';
import { NO_FRAMES } from './app-frames-of-page.ts';
import { appRoutes } from './app-routes.ts';
import { browserAssets } from './browser-assets.ts';
import { createGuidedMode } from './guided-mode.ts';
import { liveRoutes } from './live-routes.ts';
import { createPresence, type Presence } from './presence.ts';
import { profileRoutes } from './profile-routes.ts';
import { restAsAgent } from './rest-as-agent.ts';
import type { WorkspaceDeps } from './send-workspace.ts';
import { settingRoutes } from './setting-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';
import { viewRoutes } from './view-routes.ts';

export interface AgentRouterOptions {
  /** What is installed; without it the workspace has no apps. */
  frames?: AppFrames;
  /** Where it says who has which ticket open. */
  presence?: Presence;
}

/** `/agent/...` and the scripts it needs. Calls to `/agent/apps/rest/...` go on as calls to the REST API behind this router. */
export function agentRouter(account: Account, options: AgentRouterOptions = {}): Router {
  const { frames = NO_FRAMES, presence = createPresence() } = options;
  const deps: WorkspaceDeps = { account, frames, presence };
  const guided = createGuidedMode(account, presence);
  const router = Router();
  router.use(browserAssets());
  router.use('/agent', sameOrigin);
  router.use(restAsAgent(account));
  router.use('/agent', express.urlencoded({ extended: false, limit: '200kb' }), express.json({ limit: '2mb' }));
  router.use(settingRoutes(account));
  router.use(viewRoutes(deps, guided));
  router.use(liveRoutes(deps));
  router.use(ticketRoutes(deps));
  router.use(profileRoutes(deps));
  router.use(appRoutes(deps));
  return router;
}
