// Finds who uses the dashboard, and what they may see there.
import type { Policy } from '@deskwright/shared';
import type { Dashboard } from '@deskwright/shared/contract';
import type { RequestHandler, Response } from 'express';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import {
  type Agent,
  callerOf,
  maySee,
  type PageDeps,
  requireAgent,
  type SeenTicket,
  sendRefusal,
} from '../../sidebar/index.ts';
import { findLink } from '../wall/wall-links.ts';

export type Viewer =
  /** `expiresAt`: when the access token expires, in epoch milliseconds. */
  | { readonly kind: 'agent'; readonly agent: Agent; readonly expiresAt: number }
  /** A screen on a wall, which anybody may pass. */
  | { readonly kind: 'wall'; readonly linkId: number };

type ViewerDeps = Pick<PageDeps, 'sessions' | 'findAgent' | 'clock'> & {
  readonly db: Database;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
};

export const REVOKED = 'This link was revoked. Ask an admin for a new one.';

/** Requires an agent's access token, or a wall link's token; `viewerOf` returns the viewer to handlers. */
export function requireViewer(deps: ViewerDeps): RequestHandler {
  const agents = requireAgent(deps);
  return async (request, response, next) => {
    const token = /^Wall +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) {
      return void agents(request, response, (error?: unknown) => {
        if (error === undefined) setViewer(response, { kind: 'agent', ...callerOf(response) });
        next(error);
      });
    }
    const link = await findLink(deps.db, token, 'dashboard', new Date(deps.clock()));
    if (link.kind === 'revoked') return sendRefusal(response, 'token_invalid', REVOKED);
    if (link.kind === 'unknown') return sendRefusal(response, 'token_invalid', 'The access token is not valid.');
    setViewer(response, { kind: 'wall', linkId: link.id });
    next();
  };
}

function setViewer(response: Response, viewer: Viewer): void {
  response.locals.viewer = viewer;
}

export function viewerOf(response: Response): Viewer {
  return response.locals.viewer as Viewer;
}

export const isAdmin = (viewer: Viewer): boolean => viewer.kind === 'agent' && viewer.agent.role === 'admin';

export const NOT_ON_WALLS = 'A wall link does not show this. Open the dashboard in Zendesk.';

/** Of agents only: for what a wall link is never shown. */
export const requireNoWall: RequestHandler = (_request, response, next) => {
  if (viewerOf(response).kind === 'agent') return next();
  sendRefusal(response, 'forbidden', NOT_ON_WALLS);
};

/** Behind `requireNoWall`. */
export function agentOf(viewer: Viewer): Agent {
  if (viewer.kind === 'wall') throw new Error('A wall link is no agent');
  return viewer.agent;
}

export interface Rights {
  readonly may: Dashboard['may'];
  /** Whether Zendesk would show the viewer the ticket. */
  readonly sees: (ticket: SeenTicket) => boolean;
  /** Whether people and tickets are named. */
  readonly isNamed: boolean;
  /** Whether the group may be named: on a wall those of tiers and departments, which the policy names. */
  readonly namesGroup: (name: string) => boolean;
  /** Viewers with the same key are shown the same. */
  readonly key: string;
}

function wallRights({ tiers, departments }: Policy): Rights {
  const groups = new Set([...tiers, ...departments].map(({ group }) => group));
  return {
    may: { seeAgents: false, makeLinks: false, openTickets: false },
    sees: () => false,
    isNamed: false,
    namesGroup: (name) => groups.has(name),
    key: JSON.stringify(['wall', ...groups]),
  };
}

export function rightsOf(viewer: Viewer, policy: Policy): Rights {
  if (viewer.kind === 'wall') return wallRights(policy);
  const { agent } = viewer;
  const may = { seeAgents: leadsOf(agent, policy) !== 'none', makeLinks: agent.role === 'admin', openTickets: true };
  const { sees, id, groupIds, organizationId } = agent;
  const whose = sees === 'all' ? sees : [sees, id, organizationId, groupIds];
  return {
    may,
    sees: (ticket) => maySee(agent, ticket),
    isNamed: true,
    namesGroup: () => true,
    key: JSON.stringify([may, whose]),
  };
}

export type LedTier = Pick<Policy['tiers'][number], 'id' | 'group'>;

/** What single agents did is shown to admins, and to leads as far as it was done in their tiers. */
export function leadsOf(agent: Pick<Agent, 'role' | 'email'>, policy: Policy): 'all' | 'none' | readonly LedTier[] {
  if (agent.role === 'admin') return 'all';
  const { email } = agent;
  if (email === null) return 'none';
  const led = policy.tiers.filter(({ leads }) => leads.some((lead) => lead.toLowerCase() === email));
  return led.length === 0 ? 'none' : led;
}
