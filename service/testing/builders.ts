// Makes the data of tests: name what matters, the rest has defaults.
import type { Decision } from '@deskwright/shared';
import type { TicketRow, TicketSnapshot } from '../src/tickets/projection/ticket-row.ts';

const MORNING = new Date('2026-11-20T09:00:00Z');

export function aSnapshot(part: Partial<TicketSnapshot> = {}): TicketSnapshot {
  return {
    id: 42,
    subject: 'Tent leaks',
    description: 'It rained in.',
    status: 'new',
    priority: null,
    type: null,
    via: 'email',
    tags: [],
    groupId: null,
    assigneeId: null,
    requesterId: 900,
    organizationId: null,
    brandId: 1,
    formId: 1,
    customFields: null,
    createdAt: MORNING,
    updatedAt: MORNING,
    snapshotAt: MORNING,
    ...part,
  };
}

export function aTicketRow(part: Partial<TicketRow> = {}): TicketRow {
  return {
    ...aSnapshot(),
    solvedAt: null,
    waitEndedAt: null,
    waitingSince: MORNING,
    gone: null,
    category: null,
    tier: null,
    placedBy: 'policy',
    wanted: null,
    decidedAt: null,
    policyHash: null,
    erasedAt: null,
    ...part,
  };
}

export function aDecision(
  part: {
    category?: string;
    tier?: string;
    priority?: 'low' | 'normal' | 'high' | 'urgent' | null;
    tags?: string[];
  } = {},
): Decision {
  const reason = { by: 'nothing' } as const;
  return {
    category: { value: part.category ?? 'refunds', reason },
    tier: { value: part.tier ?? 't1', reason },
    priority: { value: part.priority ?? null, reason },
    tags: (part.tags ?? []).map((value) => ({ value, reason })),
    order: { waitingSince: null, ticketId: 42 },
    survey: { value: 'csat', reason },
    nearestMiss: null,
  };
}

/** What explain reads from Zendesk where a test has none of its triggers. */
export const noRules = async () => ({ changes: [], missing: null });

/** `MORNING` plus so many seconds. */
export const later = (seconds: number): Date => new Date(MORNING.getTime() + seconds * 1000);
