// Builds what a test of the card needs: a policy, an agent, rows, and the resulting card.
import { loadPolicy, type TicketFacts } from '@deskwright/shared';
import type { TicketCard } from '@deskwright/shared/contract';
import { aTicketRow } from '../../../../testing/builders.ts';
import { GROUPS, silentLogger } from '../../../../testing/pipeline-deps.ts';
import type { TestDatabase } from '../../../../testing/test-database.ts';
import { compilePolicy } from '../../../decide/compile-policy.ts';
import { decide } from '../../../decide/decide.ts';
import { explainSentence } from '../../../decide/explain-sentence.ts';
import { people } from '../../../directory/tables.ts';
import type { Guidance } from '../../../policy/guidance/guidance.ts';
import type { PolicyWithGuidance } from '../../../policy/policy-in-force.ts';
import { recordedRefundsSection } from '../../../refunds/card/recorded-refunds-section.ts';
import { refundSection } from '../../../refunds/card/refund-section.ts';
import { answersSection } from '../../../surveys/customer-answers/answers-section.ts';
import type { TicketRow } from '../../../tickets/projection/ticket-row.ts';
import { comments, decisions, tickets } from '../../../tickets/tables.ts';
import type { Agent } from '../../identity/agent.ts';
import type { KnownNames } from '../card-context.ts';
import type { CardDeps } from '../read-card.ts';
import { readCard } from '../read-card.ts';

/** A Tuesday, 10:00 in New York. */
export const NOW = Date.parse('2026-11-24T15:00:00Z');
const HOUR = 3_600_000;
export const hoursAgo = (hours: number): Date => new Date(NOW - hours * HOUR);

export const LENA = 2;
export const ROBIN = 900;

const POLICY = `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tone_of_voice: Warm, plain and honest.
tiers:
  - { id: t1, name: Tier 1, group: Support Tier 1, handles: General questions, escalates_to: t2 }
  - { id: t2, name: Tier 2, group: Support Tier 2, escalates_to: t3 }
  - { id: t3, name: Tier 3, group: Engineering Support }
categories:
  - { id: refunds, name: Refund, tier: t1 }
  - { id: bug, name: Bug, tier: t2 }
  - { id: other, name: Other, tier: t1 }
default_category: other
default_survey: none
triggers:
  - id: money-back
    title: Asks for money back
    conditions: { any: [{ field: text, operator: includes_any, value: [refund, money back] }] }
    actions: { category: refunds }
  - id: broken
    title: Something is broken
    conditions: { all: [{ field: text, operator: includes_any, value: [crashes] }] }
    actions: { category: bug }
`;

/** The policy above with additional lines, and parsed guidance. */
export function aCardPolicy(
  more = '',
  guidance: Record<string, Guidance> = {},
  change: (text: string) => string = (text) => text,
): PolicyWithGuidance {
  const loaded = loadPolicy(change(POLICY + more), 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return {
    policy: loaded.policy,
    compiled: compilePolicy(loaded.policy),
    hash: loaded.hash,
    guidance: new Map(Object.entries(guidance)),
  };
}

export function anAgent(part: Partial<Agent> = {}): Agent {
  return {
    id: LENA,
    name: 'Lena Moor',
    email: 'lena@northwind.test',
    role: 'agent',
    locale: 'en-US',
    organizationId: null,
    groupIds: [11],
    sees: 'all',
    may: { edit: true, editTags: true, assignTo: 'any_group' },
    ...part,
  };
}

const NAMES = new Map(Object.entries(GROUPS).map(([name, id]) => [id, name]));

export const aDirectory: KnownNames = {
  groupId: (name) => GROUPS[name] ?? null,
  nameOf: (kind, id) => (kind === 'group' && id !== null ? (NAMES.get(id) ?? null) : null),
  emailOfAgent: (id) => (id === LENA ? 'lena@northwind.test' : null),
};

export interface Asking {
  readonly agent?: Agent;
  readonly policy?: PolicyWithGuidance;
  readonly deps?: Partial<CardDeps>;
}

/** `database` is called late, because `beforeAll` creates it. */
export function cardFixture(database: () => TestDatabase) {
  const db = () => database().db;
  let commentId = 1;
  const card = async (ticketId = 42, { agent = anAgent(), policy = aCardPolicy(), deps = {} }: Asking = {}) =>
    readCard(
      {
        db: db(),
        policy: { current: () => policy },
        directory: aDirectory,
        sections: [answersSection, refundSection, recordedRefundsSection],
        clock: () => NOW,
        logger: silentLogger,
        ...deps,
      },
      { ticketId, agent },
    );
  return {
    card,
    /** The card of an existing ticket. */
    cardOf: async (ticketId?: number, asking?: Asking): Promise<TicketCard> => {
      const found = await card(ticketId, asking);
      if (!found) throw new Error(`There is no card of ticket ${ticketId}`);
      return found;
    },
    /** An open ticket of Tier 1, about a refund, an hour old. */
    ticket: async (part: Partial<TicketRow> = {}): Promise<void> => {
      const row = {
        status: 'open',
        category: 'refunds',
        tier: 't1',
        decidedAt: hoursAgo(1),
        waitingSince: hoursAgo(1),
      };
      await db()
        .insert(tickets)
        .values(aTicketRow({ ...row, requesterId: ROBIN, createdAt: hoursAgo(1), ...part }));
    },
    says: async (
      who: 'customer' | 'agent' | 'us',
      body: string,
      hours: number,
      part: Partial<typeof comments.$inferInsert> = {},
    ): Promise<void> => {
      const authorId = who === 'customer' ? ROBIN : LENA;
      await db()
        .insert(comments)
        .values({
          id: commentId++,
          ticketId: 42,
          authorId,
          author: who,
          public: true,
          body,
          createdAt: hoursAgo(hours),
          ...part,
        });
    },
    person: async (id: number, name: string, part: Partial<typeof people.$inferInsert> = {}): Promise<void> => {
      await db()
        .insert(people)
        .values({ id, name, role: 'end-user', fetchedAt: hoursAgo(1), ...part });
    },
    /** Stores the policy's decision for these facts. */
    decided: async (facts: TicketFacts, part: Partial<typeof decisions.$inferInsert> = {}, policy = aCardPolicy()) => {
      const decision = decide(facts, policy.compiled);
      await db()
        .insert(decisions)
        .values({
          ticketId: 42,
          trigger: 'ticket.created',
          policyHash: policy.hash,
          decidedAt: hoursAgo(1),
          outcome: 'acted',
          category: decision.category.value,
          tier: decision.tier.value,
          decision,
          sentence: explainSentence(decision, policy.policy),
          ...part,
        });
    },
  };
}
