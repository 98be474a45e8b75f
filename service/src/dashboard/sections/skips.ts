// Reads which tickets agents skipped, for viewers who may see what single agents did.
import type { FigureTickets, Queues } from '@deskwright/shared/contract';
import { countSkips, listSkips } from '../../history/index.ts';
import { seenBy } from '../../sidebar/index.ts';
import { type Asked, askedPeriods } from '../api/dashboard-query.ts';
import { leadsOf, type Viewer } from '../api/viewer.ts';
import type { SectionDeps } from '../section-deps.ts';

/** As many as anybody reads. */
const MOST_LISTED = 50;

/** Left out: the viewer is not told of skips. */
export async function readSkips(deps: SectionDeps, asked: Asked, viewer: Viewer): Promise<Pick<Queues, 'skips'>> {
  const query = skipsFor(deps, asked, viewer);
  return query === null ? {} : { skips: await countSkips(deps.db, query) };
}

/** Those tickets that Zendesk would show the viewer. */
export async function readSkippedTickets(
  deps: SectionDeps,
  asked: Asked,
  viewer: Viewer,
): Promise<Pick<FigureTickets, 'skips'>> {
  const query = skipsFor(deps, asked, viewer);
  if (query === null || viewer.kind === 'wall') return {};
  const skipped = await listSkips(deps.db, query, { seen: seenBy(viewer.agent), limit: MOST_LISTED });
  return {
    skips: skipped.map(({ ticketId, at, agent, reason }) => ({
      ticket: { id: ticketId, url: deps.ticketUrl(ticketId) },
      at: at.toISOString(),
      agent,
      reason,
    })),
  };
}

/** What to count: for a lead, tickets of their tiers. Null: nothing. */
function skipsFor({ policy: store, clock }: SectionDeps, asked: Asked, viewer: Viewer) {
  if (viewer.kind === 'wall') return null;
  const { policy } = store.current();
  const leads = leadsOf(viewer.agent, policy);
  if (leads === 'none') return null;
  const query = askedPeriods({ ...asked, compare: false }, policy.time_zone, clock());
  return leads === 'all' ? query : { ...query, tiers: leads.map(({ id }) => id) };
}
