// The feature that shows agents a card beside each ticket, and performs their actions.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Directory } from '../directory/directory.ts';
import type { DirectoryStart } from '../directory/start-directory.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Feature } from '../platform/feature.ts';
import type { Route } from '../platform/http/app.ts';
import type { Check } from '../platform/http/health.ts';
import { type Live, listenForChanges } from '../platform/live/live.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore } from '../platform/storage/delete-old-rows.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import { addTicket, type TicketHook } from '../tickets/index.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import type { AgentAction } from './actions/action.ts';
import { allActions, performAction } from './actions/perform-action.ts';
import { checkReply } from './api/check-reply.ts';
import { createApiRouter } from './api/create-api-router.ts';
import { learnRequester } from './api/learn-requester.ts';
import { newTicketGuidance } from './api/new-ticket-guidance.ts';
import type { TicketCall } from './api/ticket-call.ts';
import { pruneViewers } from './api/viewers.ts';
import type { CardSection } from './card/card-section.ts';
import { readCard } from './card/read-card.ts';
import { readTicket } from './card/read-ticket.ts';
import { createAppRouter } from './page/create-app-router.ts';
import type { PageDeps } from './page/open-page.ts';
import { pruneActions, sidebarErasing } from './retention.ts';
import { SIDEBAR_TABLES } from './tables.ts';
import type { TimelineSource } from './timeline/timeline-call.ts';
import { timelineCall } from './timeline/timeline-call.ts';

/** For features that add agent actions. */
export {
  type ActionResult,
  type AgentAction,
  aName,
  anId,
  aRequestId,
  aText,
  DONE,
  defineAction,
  type Refused,
  refuse,
  whyNotAllowed,
  whyNotAmong,
} from './actions/action.ts';
/** For features that change something in another system. */
export {
  answerRepeated,
  defineTool,
  type IsVerified,
  NEEDS_VERIFICATION,
  SENT_FOR_ANOTHER,
} from './actions/define-tool.ts';
/** For features with a page of the app. */
export { answerFailures, callerOf, requireAgent, sendRefusal } from './api/require-agent.ts';
/** For features that answer calls about a ticket. */
export { type CalledOn, defineTicketCall, type TicketCall } from './api/ticket-call.ts';
/** For features that add sections to the card. */
export type { Asked, CardContext, CardValues, TicketContext } from './card/card-context.ts';
export type { CardSection } from './card/card-section.ts';
export { isClosed } from './card/head-card.ts';
export { agentName, namedTier } from './card/names.ts';
export { valuesOf as foundValues } from './card/read-guidance.ts';
export { seenBy } from './card/seen-by.ts';
export { type Agent, maySee, type SeenTicket } from './identity/agent.ts';
/** For commands that run without Zendesk. */
export { type ListedAgent, listAgents } from './identity/agent-store.ts';
export type { FindAgent } from './identity/create-find-agent.ts';
export { type AppPagesDeps, createAppPages } from './page/app-pages.ts';
export { createAppRouter } from './page/create-app-router.ts';
export { type PageDeps, sendPage, showNotice } from './page/open-page.ts';
export { nonceOf } from './page/protect-frame.ts';
export { categoryCorrections, escalations } from './tables.ts';
/** For features that tell of a customer's past. */
export type { TimelineSource } from './timeline/timeline-call.ts';

export interface SidebarDeps {
  /** Whether this process answers HTTP. */
  isWeb: boolean;
  db: Database;
  /** A pool with one connection, to listen for changes. */
  listening: Database;
  live: Live;
  pages: PageDeps;
  zendesk: Zendesk;
  directory: DirectoryStart;
  policy: { current: () => PolicyWithGuidance };
  /** Handles tickets that an agent opens before their webhook arrives. */
  hooks: readonly TicketHook[];
  /** Of other features. */
  actions: readonly AgentAction[];
  calls: readonly TicketCall[];
  sections: readonly CardSection[];
  timeline: readonly TimelineSource[];
  /** Called when an effect was recorded. */
  onEffect: () => unknown;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
  /** Aborted when the service is stopping. */
  signal: AbortSignal;
}

/** How long a card waits for an unknown customer's name: Zendesk usually answers within this time. */
const NAME_WAIT_MS = 250;

sidebarFeature.erasing = sidebarErasing;

export function sidebarFeature(deps: SidebarDeps): Feature {
  const { db, zendesk, directory, live, pages, policy, hooks, clock, logger, signal } = deps;
  const { appKey, build } = pages;
  const actions = allActions(deps.actions);

  /** A name that arrives later is shown by the live stream. */
  async function nameRequester(opened: Directory, ticketId: number): Promise<void> {
    try {
      if (await learnRequester({ db, directory: opened }, ticketId)) live.ticketChanged(ticketId);
    } catch (error) {
      logger.warn(
        { ...aboutError(error), ticketId },
        'Could not read the requester; the card is shown without the name',
      );
    }
  }

  function routes(): Route[] {
    void listenForChanges({ db: deps.listening, live, logger, signal });
    signal.addEventListener('abort', () => live.stop());
    warmUp();
    const api = createApiRouter({
      db,
      zendesk,
      sessions: pages.sessions,
      findAgent: pages.findAgent,
      readCard: async (on, known) => {
        const opened = directory.current();
        // Expired names are read in the background; the card does not wait for them.
        void opened?.refresh();
        let found = known ?? (await readTicket(db, on.ticketId)) ?? undefined;
        if (opened && found?.requester === null && found.ticket.requesterId !== null) {
          await Promise.race([nameRequester(opened, on.ticketId), sleep(NAME_WAIT_MS)]);
          found = undefined;
        }
        return readCard({ db, policy, directory: opened, sections: deps.sections, clock, logger }, { ...on, found });
      },
      addTicket: async (ticket) => {
        const opened = directory.current();
        if (opened) await addTicket({ db, zendesk, directory: opened, policy, hooks, clock, logger }, ticket);
      },
      actions,
      calls: [...deps.calls, timelineCall({ db, policy, directory: deps.directory, sources: deps.timeline, logger })],
      performAction: (action, on, input) => performAction({ db, policy, directory, clock, logger }, action, on, input),
      newTicketGuidance: (agent) => newTicketGuidance(policy.current(), agent),
      checkReply: (text) => checkReply(policy.current().compiled, text),
      onAct: deps.onEffect,
      live,
      clock,
      logger,
      stopping: signal,
    });
    return [
      { path: '/', router: createAppRouter({ ...pages, page: 'sidebar' }) },
      { path: '/api', router: api },
    ];
  }

  /** So that the first agent need not wait for the key or the compression of the files. */
  function warmUp(): void {
    void appKey.current();
    try {
      build();
    } catch (error) {
      logger.error(aboutError(error), "The sidebar's build cannot be read; its page will say so");
    }
  }

  /** Warnings for operators only: the process stays ready. */
  async function check(): Promise<Check> {
    const key = await appKey.current();
    if (key.kind === 'missing') return { ok: true, warning: `the sidebar cannot be opened: ${key.message}` };
    if (key.kind === 'unavailable')
      return { ok: true, warning: 'the sidebar cannot be opened until Zendesk returns its key' };
    return build() ? { ok: true } : { ok: true, warning: 'the sidebar is not built: run "npm run build"' };
  }

  return {
    name: 'sidebar',
    routes,
    onPolicyChange: () => live.policyChanged(),
    readiness: deps.isWeb ? { sidebar: check } : {},
    tables: SIDEBAR_TABLES,
    retention: [
      () => pruneViewers(db),
      (now, signal) => pruneActions(db, daysBefore(now, policy.current().policy.retention.actions), signal),
    ],
  };
}
