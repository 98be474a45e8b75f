// Which parts make up the sidebar's side of a web process?
import { setTimeout as sleep } from 'node:timers/promises';
import type { Router } from 'express';
import type { Directory } from '../directory/directory.ts';
import type { DirectoryKeeper } from '../directory/keep-directory.ts';
import { learnRequester } from '../directory/learn-requester.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Check } from '../platform/http/health.ts';
import { createLive } from '../platform/live/create-live.ts';
import { listenForChanges } from '../platform/live/listen-for-changes.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PolicyStore } from '../policy/policy-store.ts';
import type { ActDeps } from '../sidebar/actions/act-deps.ts';
import type { ActResult } from '../sidebar/actions/act-result.ts';
import { correctCategory } from '../sidebar/actions/correct-category.ts';
import { escalateTicket } from '../sidebar/actions/escalate-ticket.ts';
import { tickStep } from '../sidebar/actions/tick-step.ts';
import { undoCorrection } from '../sidebar/actions/undo-correction.ts';
import type { AgentActs } from '../sidebar/api/api-deps.ts';
import { createApiRouter } from '../sidebar/api/create-api-router.ts';
import { newTicketGuidance } from '../sidebar/api/new-ticket-guidance.ts';
import type { CardPolicy } from '../sidebar/card/card-context.ts';
import { readCard } from '../sidebar/card/read-card.ts';
import { type AppKey, createAppKey } from '../sidebar/identity/app-key.ts';
import { createFindAgent } from '../sidebar/identity/create-find-agent.ts';
import { createSessions } from '../sidebar/identity/create-sessions.ts';
import { readSessionSecret } from '../sidebar/identity/session-secret.ts';
import { type AppBuild, findAppBuild, readAppBuild } from '../sidebar/page/app-build.ts';
import { createAppRouter } from '../sidebar/page/create-app-router.ts';
import { learnTicket } from '../tickets/sync/learn-ticket.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import type { Config } from './config.ts';

export interface SidebarParts {
  config: Config;
  db: Database;
  /** One connection, for hearing of changes. */
  listening: Database;
  zendesk: Zendesk;
  directory: DirectoryKeeper;
  policy: { current: () => CardPolicy };
  policyStore: Pick<PolicyStore, 'onChange'>;
  surveyDelayMs: number | null;
  onAct: () => unknown;
  logger: Logger;
  /** Aborted when the service winds down. */
  signal: AbortSignal;
}

export interface Sidebar {
  page: Router;
  api: Router;
  /** What the operator should know; never a reason to send no traffic. */
  check: () => Promise<Check>;
}

const ZENDESK_NOT_YET: ActResult = {
  kind: 'refused',
  status: 503,
  refusal: { error: 'unavailable', message: 'Zendesk has not answered yet since we started. Try again in a moment.' },
};

/** How long a card waits for the name of a customer whom we never heard of: Zendesk mostly answers within this. */
const NAME_WAIT_MS = 250;

/** Builds the doors of the sidebar and begins to listen for changes, until `signal` aborts. */
export function createSidebar(parts: SidebarParts): Sidebar {
  const { config, db, zendesk, logger, signal, policy } = parts;
  const clock = Date.now;
  const accountUrl = new URL(config.zendesk.baseUrl).origin;
  const { appId, publicKey, sdkUrl } = config.sidebar;
  const appKey = createAppKey({ given: publicKey, appId, readAppKey: (id) => zendesk.readAppKey(id), clock });
  const sessions = createSessions({ readSecret: () => readSessionSecret(db), accountUrl, clock });
  const findAgent = createFindAgent({ zendesk, clock, logger });
  const build = keepBuild();
  warmUp({ appKey, build, logger });

  const live = createLive();
  void listenForChanges({ db: parts.listening, live, logger, signal });
  const unfollow = parts.policyStore.onChange(() => live.policyChanged());
  signal.addEventListener('abort', () => {
    unfollow();
    live.stop();
  });

  /** Heard of later than the card waits for, the name comes by the live stream. */
  async function nameRequester(directory: Directory, ticketId: number): Promise<void> {
    try {
      if (await learnRequester({ db, directory }, ticketId)) live.ticketChanged(ticketId);
    } catch (error) {
      logger.warn(
        { ...aboutError(error), ticketId },
        'The requester could not be asked for; the card goes without the name',
      );
    }
  }

  return {
    page: createAppRouter({ appKey, sessions, findAgent, build, accountUrl, sdkUrl, clock, logger }),
    api: createApiRouter({
      db,
      zendesk,
      sessions,
      findAgent,
      readCard: async (on) => {
        const directory = parts.directory.current();
        // Old names are read anew beside the card, which does not wait for them.
        void directory?.refresh();
        if (directory) await Promise.race([nameRequester(directory, on.ticketId), sleep(NAME_WAIT_MS)]);
        return readCard({ db, policy, directory, clock }, on);
      },
      learnTicket: async (ticket) => {
        const directory = parts.directory.current();
        if (!directory) return;
        await learnTicket(
          { db, zendesk, directory, policy, clock, logger, surveyDelayMs: parts.surveyDelayMs },
          ticket,
        );
      },
      acts: actsFor(parts, clock),
      newTicketGuidance: (agent) => newTicketGuidance(policy.current(), agent),
      onAct: parts.onAct,
      live,
      clock,
      logger,
      stopping: signal,
    }),
    check: async () => {
      const key = await appKey.current();
      if (key.kind === 'missing') return { ok: true, warning: `the sidebar stays closed: ${key.message}` };
      if (key.kind === 'away') return { ok: true, warning: 'the sidebar stays closed until Zendesk gives its key' };
      return build() ? { ok: true } : { ok: true, warning: 'the sidebar is not built: run "npm run build"' };
    },
  };
}

/** Read when first asked for, and again until it is there. */
function keepBuild(): () => AppBuild | null {
  const folder = findAppBuild();
  let held: AppBuild | null = null;
  return () => (held ??= readAppBuild(folder));
}

/** So that the first agent of the day waits for neither the key nor the packing of the files. */
function warmUp({ appKey, build, logger }: { appKey: AppKey; build: () => AppBuild | null; logger: Logger }): void {
  void appKey.current();
  try {
    build();
  } catch (error) {
    logger.error({ err: String(error) }, 'The build of the sidebar cannot be read; its page will say so');
  }
}

/** Acts need the groups of the tiers, which only Zendesk can tell. */
function actsFor({ db, policy, directory }: SidebarParts, clock: () => number): AgentActs {
  const withDirectory =
    <Act>(act: (deps: ActDeps & Pick<SidebarParts, 'policy'>, what: Act) => Promise<ActResult>) =>
    async (what: Act): Promise<ActResult> => {
      const opened = directory.current();
      return opened ? act({ db, policy, directory: opened, clock }, what) : ZENDESK_NOT_YET;
    };
  return {
    correctCategory: withDirectory(correctCategory),
    undoCorrection: withDirectory(undoCorrection),
    tickStep: withDirectory(tickStep),
    escalateTicket: withDirectory(escalateTicket),
  };
}
