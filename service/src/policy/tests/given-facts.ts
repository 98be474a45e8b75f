// Makes the facts of the ticket that a test of the policy gives, and defines what it is judged by and what it finds.
import { customFieldId, type Decision, type Policy, readChannel, type TicketFacts } from '@deskwright/shared';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import { EMPTY_TICKET } from '../../decide/empty-ticket.ts';
import { readWords } from '../../decide/text/read-text.ts';

export type PolicyTest = Policy['tests'][number];

/** 2026-01-01T12:00:00Z. Every test is decided at this moment, so that no result depends on when it runs. */
export const NOW = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;

/** What is left out is as in a new e-mail about which nothing else is known. Texts are read as those of real tickets are. */
export function givenFacts(given: PolicyTest['given']): TicketFacts {
  const { subject = '', description = '', comment = null, status = 'new', waiting_hours: waits } = given;
  const createdAt = NOW - (given.created_hours_ago ?? waits ?? 0) * HOUR;
  const isOpen = status === 'new' || status === 'open';
  return {
    ...EMPTY_TICKET,
    now: NOW,
    ticketId: 1,
    ...readWords(subject, description, comment),
    tags: given.tags ?? [],
    status,
    priority: given.priority ?? null,
    type: given.type ?? null,
    via: readChannel(given.via ?? given.channel ?? 'email'),
    group: given.group ?? null,
    assignee: given.assignee ?? null,
    requester: given.requester ?? null,
    requesterEmail: given.requester_email ?? null,
    organization: given.organization ?? null,
    brand: given.brand ?? null,
    form: given.form ?? null,
    language: given.language ?? null,
    createdAt,
    waitingSince: waits === undefined ? (isOpen ? createdAt : null) : NOW - waits * HOUR,
    customFields: customFieldsOf(given),
  };
}

/** The ticket once it is solved, for the conditions of who is asked. */
export function factsWhenSolved(facts: TicketFacts, decision: Decision, given: PolicyTest['given']): TicketFacts {
  const { category, tier } = decision;
  return {
    ...facts,
    status: given.status ?? 'solved',
    waitingSince: null,
    solve: {
      solvedBy: given.solved_by ?? 'agent',
      escalated: given.escalated ?? false,
      reopened: given.reopened ?? false,
      refunded: given.refunded ?? false,
      firstReplyMinutes: given.first_reply_minutes ?? null,
      firstReplyBusinessMinutes: given.first_reply_business_minutes ?? null,
      requesterWaitMinutes: given.requester_wait_minutes ?? null,
      requesterWaitBusinessMinutes: given.requester_wait_business_minutes ?? null,
      category: category.value,
      tier: tier.value,
    },
  };
}

/** The ticket as the decision leaves it, which is what the sidebar's criteria are about: with its tags, priority and group. */
export function factsAfter(facts: TicketFacts, decision: Decision, { tiers }: Pick<Policy, 'tiers'>): TicketFacts {
  const { category, tier, tags, priority } = decision;
  const added = [`category__${category.value}`, `tier__${tier.value}`, ...tags.map(({ value }) => value)];
  return {
    ...facts,
    tags: [...new Set([...facts.tags, ...added])],
    priority: priority.value ?? facts.priority,
    group: facts.group ?? tiers.find(({ id }) => id === tier.value)?.group ?? null,
  };
}

function customFieldsOf(given: PolicyTest['given']): TicketFacts['customFields'] {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => {
      const id = customFieldId(key);
      return id === undefined || value === undefined ? [] : [[id, value as TicketFacts['customFields'][string]]];
    }),
  );
}

export type ExpectedKey = keyof PolicyTest['expect'];

/** One key of `expect` that came out differently. The texts are for people, without full stop. */
export interface Difference {
  readonly key: ExpectedKey;
  readonly expected: string;
  readonly got: string;
  /** The trigger and the conditions that decided, or what kept the expected trigger from firing. */
  readonly because: string;
}

export interface Judged {
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
  readonly test: PolicyTest;
  readonly decision: Decision;
}
