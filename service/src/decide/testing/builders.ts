// Builds tickets and policies for tests of deciding.
import type { Policy, TicketFacts } from '@deskwright/shared';
import { policySchema } from '@deskwright/shared';

/** 2026-11-24T09:00:00Z, a Tuesday. */
export const NOW = Date.UTC(2026, 10, 24, 9);

/** A new ticket, an hour old, with the given facts. `comment` follows `description` unless given. */
export function aTicket(facts: Partial<TicketFacts> = {}): TicketFacts {
  return {
    now: NOW,
    ticketId: 1,
    subject: 'Hello',
    description: 'I have a question.',
    comment: facts.description ?? 'I have a question.',
    tags: [],
    status: 'new',
    priority: null,
    type: null,
    via: 'email',
    group: null,
    assignee: null,
    requester: 'Robin Field',
    requesterEmail: 'robin@example.com',
    organization: null,
    brand: null,
    form: null,
    language: null,
    createdAt: NOW - 3_600_000,
    waitingSince: NOW - 3_600_000,
    customFields: {},
    ...facts,
  };
}

/** A small valid policy (tiers t1 and t2, categories refund, bug, other) with the given triggers and changes. */
export function aPolicy(triggers: Policy['triggers'] = [], changes: Partial<Policy> = {}): Policy {
  const policy = policySchema.parse({
    version: 1,
    company: 'Northwind Outdoor',
    time_zone: 'America/New_York',
    business_hours: { weekdays: { 'mon-fri': '09:00-18:00' } },
    tiers: [
      { id: 't1', name: 'Tier 1', group: 'Support Tier 1', escalates_to: 't2' },
      { id: 't2', name: 'Tier 2', group: 'Support Tier 2' },
    ],
    categories: [
      { id: 'refund', name: 'Refund', tier: 't1', survey: 'ces' },
      { id: 'bug', name: 'Bug', tier: 't2' },
      { id: 'other', name: 'Other', tier: 't1' },
    ],
    default_category: 'other',
    surveys: { csat: { delay: '24h', expires: '14d' }, ces: { delay: '2h', expires: '14d' } },
  });
  return { ...policy, triggers, ...changes };
}
