// Records who received Zendesk's own satisfaction survey, so that nobody gets both.
import type { Database } from '../platform/storage/database.ts';
import type { TicketHook } from '../tickets/index.ts';
import type { ZendeskTicket } from '../zendesk/zendesk.ts';
import { zendeskSurveys } from './tables.ts';

/**
 * From each page of the export: a ticket whose `satisfaction_rating` is `offered`, or answered, was asked about at the latest when it last changed. An
 * account that does not use Zendesk's survey has `unoffered` or null on every ticket. The first time seen counts.
 */
export const zendeskSurveyHook: TicketHook = {
  onExportPage: (db, page) => recordZendeskSurveys(db, page.tickets),
};

/** @internal */
export async function recordZendeskSurveys(db: Database, tickets: readonly ZendeskTicket[]): Promise<void> {
  const rows = tickets.flatMap(({ id, requester_id, satisfaction, updated_at }) =>
    satisfaction === undefined || requester_id === null
      ? []
      : [{ id, requesterId: requester_id, askedAt: new Date(updated_at) }],
  );
  if (rows.length === 0) return;
  await db.insert(zendeskSurveys).values(rows).onConflictDoNothing();
}
