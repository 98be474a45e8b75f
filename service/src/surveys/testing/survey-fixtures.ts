// Builds the tickets and invitations that survey tests start from.
import { type Policy, policySchema } from '@deskwright/shared';
import type { Database } from '../../platform/storage/database.ts';
import { tickets } from '../../tickets/tables.ts';
import { invitations } from '../tables.ts';
import type { Requester } from '../why-not-send.ts';

export const MONDAY_NOON = new Date('2026-11-23T17:00:00Z'); // Noon in New York.

export function aPolicy(surveys: Partial<Policy['surveys']> = {}): Policy {
  const policy = policySchema.parse({
    version: 1,
    company: 'Northwind Outdoor',
    time_zone: 'America/New_York',
    business_hours: { weekdays: { 'mon-fri': '09:00-17:00' }, holidays: ['2026-11-26'] },
    tiers: [{ id: 't1', name: 'Tier 1', group: 'Support' }],
    categories: [{ id: 'other', name: 'Other', tier: 't1' }],
    default_category: 'other',
    surveys: {
      csat: { delay: '24h', sample: '100%', expires: '14d' },
      ces: { delay: '2h', sample: '100%', expires: '14d' },
      contact_at_most_every: '30d',
    },
  });
  return { ...policy, surveys: { ...policy.surveys, ...surveys } };
}

export function aRequester(parts: Partial<Requester> = {}): Requester {
  const id = parts.id ?? 501;
  return {
    id,
    name: 'Ana Díaz',
    email: `customer-${id}@example.com`,
    role: 'end-user',
    suspended: false,
    locale: 'en-US',
    ...parts,
  };
}

type TicketRow = typeof tickets.$inferInsert;

/** Solved on Monday at noon. */
export async function givenTicket(db: Database, parts: Partial<TicketRow> & { id: number }): Promise<void> {
  await db.insert(tickets).values({
    subject: 'My tent leaks',
    description: 'It rained.',
    status: 'solved',
    tags: [],
    requesterId: 501,
    createdAt: new Date('2026-11-20T10:00:00Z'),
    updatedAt: MONDAY_NOON,
    snapshotAt: MONDAY_NOON,
    solvedAt: MONDAY_NOON,
    ...parts,
  });
}

type InvitationInsert = typeof invitations.$inferInsert;
export type InvitationRow = typeof invitations.$inferSelect;

/** Scheduled, due on Monday at noon. */
export async function givenInvitation(
  db: Database,
  parts: Partial<InvitationInsert> & { ticketId: number | null },
): Promise<InvitationRow> {
  const [row] = await db
    .insert(invitations)
    .values({
      solvedAt: MONDAY_NOON,
      survey: 'csat',
      category: 'other',
      requesterId: 501,
      agentId: null,
      dueAt: MONDAY_NOON,
      ...parts,
    })
    .returning();
  if (!row) throw new Error('no invitation was written');
  return row;
}
