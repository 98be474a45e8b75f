// Reads which customers may be lost, as far as the viewer may see their tickets.
import { SURVEY_KINDS } from '@deskwright/shared';
import type { AtRiskCustomers } from '@deskwright/shared/contract';
import { and } from 'drizzle-orm';
import { isAmong } from '../../platform/storage/database.ts';
import { seenBy } from '../../sidebar/index.ts';
import { readAtRisk } from '../../surveys/index.ts';
import { tickets } from '../../tickets/index.ts';
import type { Viewer } from '../api/viewer.ts';
import type { SectionDeps } from '../section-deps.ts';

/** As many as anybody reads. */
const MOST_LISTED = 50;

/** The count is everybody's; those without a ticket are listed for who may see all tickets. The range and the filters do not apply. */
export async function readAtRiskCustomers(
  { db, clock, ticketUrl }: Pick<SectionDeps, 'db' | 'clock' | 'ticketUrl'>,
  agent: Extract<Viewer, { kind: 'agent' }>['agent'],
): Promise<AtRiskCustomers> {
  const found = await readAtRisk(db, new Date(clock()));
  const seen = seenBy(agent);
  const ids = found.flatMap(({ ticketId }) => ticketId ?? []);
  const visible = await db
    .select({ id: tickets.id })
    .from(tickets)
    .where(and(isAmong(tickets.id, ids), seen));
  const shown = new Set(visible.map(({ id }) => id));
  const listed = found.filter(({ ticketId }) => (ticketId === null ? seen === undefined : shown.has(ticketId)));
  return {
    n: found.length,
    customers: listed.slice(0, MOST_LISTED).map(({ requesterId, ticketId, survey, answeredAt, ...one }) => ({
      ...one,
      customerId: requesterId,
      ticket: ticketId === null ? null : { id: ticketId, url: ticketUrl(ticketId) },
      survey,
      outOf: SURVEY_KINDS[survey].highest,
      at: new Date(answeredAt).toISOString(),
    })),
  };
}
