// Builds what a test of agent actions needs: a Zendesk, a pipeline and an outbox on one database, and agents.
import { loadPolicy } from '@deskwright/shared';
import type { ManualPayment } from '@deskwright/shared/contract';
import { asc, desc, eq } from 'drizzle-orm';
import { pipelineDeps } from '../../../../testing/pipeline-deps.ts';
import type { TestDatabase } from '../../../../testing/test-database.ts';
import { compilePolicy } from '../../../decide/compile-policy.ts';
import type { Logger } from '../../../platform/logging/logger.ts';
import { outbox } from '../../../platform/outbox/tables.ts';
import type { GuidanceByCategory } from '../../../policy/guidance/guidance.ts';
import { formerRequestersHook } from '../../../refunds/former-requesters.ts';
import { recordRefundWith, undoRefund } from '../../../refunds/record-refund.ts';
import { refunds } from '../../../refunds/tables.ts';
import { decideTicket } from '../../../tickets/process/decide-ticket.ts';
import { observationFromRest } from '../../../tickets/process/observation.ts';
import { authorsOf } from '../../../tickets/process/who-wrote.ts';
import { rereadTicket } from '../../../tickets/sync/reread-ticket.ts';
import { decisions, ticketMoves, tickets } from '../../../tickets/tables.ts';
import {
  createOutboxFixture,
  createSecondsClock,
  type PerformDeps,
  performEffects,
} from '../../../tickets/write/testing/outbox-fixture.ts';
import { aZendeskTicket } from '../../../zendesk/testing/a-zendesk-ticket.ts';
import type { ZendeskTicket } from '../../../zendesk/zendesk.ts';
import type { Agent } from '../../identity/agent.ts';
import { categoryCorrections, escalations, guidanceTicks } from '../../tables.ts';
import type { AgentAction } from '../action.ts';
import { correctCategory, undoCorrection } from '../correct-category.ts';
import { escalateTicket } from '../escalate-ticket.ts';
import { performAction } from '../perform-action.ts';
import { tickStep } from '../tick-step.ts';

const POLICY = `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers:
  - { id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }
  - { id: t2, name: Tier 2, group: Support Tier 2, escalates_to: t3 }
  - { id: t3, name: Tier 3, group: Engineering Support }
categories:
  - { id: refunds, name: Refund, tier: t1 }
  - { id: billing, name: Billing, tier: t1 }
  - { id: bug, name: Bug, tier: t2 }
  - { id: design, name: Design fault, tier: t3 }
default_category: billing
zendesk: { decision_note: true }
triggers:
  - id: money-back
    title: Asks for money back
    conditions: { any: [{ field: text, operator: includes_any, value: [refund, money back] }] }
    actions: { category: refunds, priority: high, add_tags: [money] }
  - id: broken
    title: Something is broken
    conditions: { any: [{ field: text, operator: includes_any, value: [crashes, error] }] }
    actions: { category: bug }
departments:
  - { id: warehouse, name: Warehouse, group: Warehouse, fields: [{ id: parcel, label: Which parcel?, required: true }] }
  - { id: legal, name: Legal, group: Legal }
surveys: { csat: { delay: 24h, expires: 14d }, ces: { delay: 2h, expires: 14d } }
`;

const REFUNDS = `
refunds:
  currency: USD
  limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 100 }]
  approve_above_limit: [omar@northwind.test]
  reason_codes: [{ id: damaged, name: Arrived damaged }]
`;

const GUIDANCE: GuidanceByCategory = new Map([
  [
    'refunds',
    {
      title: 'Refund',
      steps: 1,
      blocks: [
        {
          kind: 'list',
          ordered: false,
          items: [{ kind: 'step', id: 'thank-them', text: [], blocks: [], doneBy: null, doneAt: null }],
        },
      ],
    },
  ],
]);

export const T1 = 11;
export const T2 = 12;
export const T3 = 13;
export const WAREHOUSE = 21;

export const LENA: Agent = {
  id: 2,
  name: 'Lena Fischer',
  email: 'lena@northwind.test',
  role: 'agent',
  locale: 'en-US',
  organizationId: null,
  groupIds: [T1, T2],
  sees: 'all',
  may: { edit: true, editTags: true, assignTo: 'any_group' },
};
export const OMAR: Agent = { ...LENA, id: 3, name: 'Omar Haddad', email: 'omar@northwind.test' };

/** Answers to the default form. */
export const FORM = { summary: 'The tent leaks.', steps_tried: 'Sent a patch.', customer_impact: 'Sleeps wet.' };

export type ActionsFixture = ReturnType<typeof createActionsFixture>;

/** @param more further keys of the policy, as YAML. @param refundsBlock `refunds` in place of the policy's */
export function createActionsFixture({ db }: TestDatabase, more = '', refundsBlock = REFUNDS) {
  const loaded = loadPolicy(POLICY + refundsBlock + more, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const inForce = {
    policy: loaded.policy,
    compiled: compilePolicy(loaded.policy),
    hash: loaded.hash,
    guidance: GUIDANCE,
  };
  const clock = createSecondsClock();
  const outboxFixture = createOutboxFixture(db, clock);
  const { zendesk } = outboxFixture;
  const policy = { current: () => inForce };
  const base = pipelineDeps(db, { zendesk, clock: Date.now });
  const groups = new Map([['Warehouse', WAREHOUSE]]);
  const directory = {
    ...base.directory,
    groupId: (name: string) => groups.get(name) ?? base.directory.groupId(name),
  };
  const deps = { ...base, hooks: [...base.hooks, formerRequestersHook], directory, policy };
  const perform: PerformDeps = { ...outboxFixture.deps, reread: (ticketId) => rereadTicket(deps, ticketId) };
  let requests = 0;
  let lastComment = 5000;
  const inZendesk = (id: number): ZendeskTicket => {
    const ticket = zendesk.account.tickets.get(id);
    if (!ticket) throw new Error(`Zendesk has no ticket ${id}`);
    return ticket;
  };
  const stamp = () => new Date(clock()).toISOString().replace('.000Z', 'Z');

  const categoryOf = async (id: number) => {
    const [row] = await db.select({ category: tickets.category }).from(tickets).where(eq(tickets.id, id));
    return row?.category ?? 'none';
  };
  const logged: object[] = [];
  /** The time of actions. */
  const now = { current: Date.now };
  const actionDeps = {
    ...deps,
    clock: () => now.current(),
    directory: { current: () => directory },
    logger: { info: ((record: object, message: string) => void logged.push({ ...record, message })) as Logger['info'] },
  };
  /** Tickets whose customer is verified. */
  const verified = new Set<number>();
  const world = {
    zendesk,
    verified,
    deps,
    /** Log records of actions. */
    logged,
    performs: (action: AgentAction, ticketId: number, agent: Agent, input: object) =>
      performAction(actionDeps, action, { ticketId, agent }, input),
    /** Groups beside those of the tiers, by name. */
    groups,
    performDeps: perform,
    /** Actions are performed at this time from now on. */
    actsAt: (at: string) => {
      now.current = () => Date.parse(at);
    },
    letTimePass: () => outboxFixture.letTimePass(),
    inZendesk,
    /** Reads the ticket, as after an event caused by a person. */
    look: async (id: number, shown = inZendesk(id)) => {
      const comments = zendesk.account.comments.get(id) ?? null;
      return decideTicket(
        deps,
        observationFromRest(
          structuredClone(shown),
          'reread',
          null,
          comments,
          authorsOf(deps),
          new Date(shown.updated_at),
        ),
      );
    },
    /** A customer's ticket, decided but not written yet. */
    opens: async (id: number, subject = 'I want my money back', part: Partial<ZendeskTicket> = {}) => {
      const at = stamp();
      const ticket = aZendeskTicket({
        id,
        subject,
        description: 'It came yesterday.',
        tags: ['tents'],
        requester_id: 900,
        created_at: at,
        updated_at: at,
        ...part,
      });
      zendesk.account.tickets.set(id, ticket);
      await world.look(id);
    },
    /** A customer's ticket with the policy's changes written. */
    placed: async (id: number, subject?: string, part?: Partial<ZendeskTicket>) => {
      await world.opens(id, subject, part);
      await world.perform();
    },
    perform: () => performEffects(perform),
    customerWrites: async (id: number, body: string) => {
      const comment = { id: ++lastComment, author_id: 900, body, public: true, created_at: stamp() };
      zendesk.account.comments.set(id, [...(zendesk.account.comments.get(id) ?? []), comment]);
      inZendesk(id).updated_at = comment.created_at;
      return world.look(id);
    },
    /** Changes the ticket in Zendesk itself. */
    byHand: async (id: number, change: Partial<ZendeskTicket>) => {
      Object.assign(inZendesk(id), change, { updated_at: stamp() });
      return world.look(id);
    },
    /** @param from what the agent saw; default: what the ticket has */
    corrects: async (ticketId: number, category: string, agent = LENA, from?: string) =>
      world.performs(correctCategory, ticketId, agent, { from: from ?? (await categoryOf(ticketId)), category }),
    undoes: async (ticketId: number, agent = LENA, correctionId?: number) => {
      const newest = (await world.corrections(ticketId)).findLast(({ undoneAt }) => undoneAt === null);
      return world.performs(undoCorrection, ticketId, agent, { correctionId: correctionId ?? newest?.id ?? -1 });
    },
    ticks: (ticketId: number, stepId: string, done = true, agent = LENA) =>
      world.performs(tickStep, ticketId, agent, { stepId, done }),
    escalates: (
      ticketId: number,
      to: string,
      { fields = FORM, requestId = `request-${++requests}`, agent = LENA }: Partial<EscalateOptions> = {},
    ) => {
      const [kind, id] = to.startsWith('t') ? (['tier', to] as const) : (['department', to] as const);
      return world.performs(escalateTicket, ticketId, agent, { to: { kind, id }, fields, requestId });
    },
    refunds: (
      ticketId: number,
      cents: number,
      {
        agent = LENA,
        requestId = `request-${++requests}`,
        reason = 'Arrived broken',
        currency = 'USD',
        ...more
      }: RefundOptions = {},
    ) => {
      const amount = { minor: cents, currency };
      const input = { amount, reason, requestId, isConfirmed: true, ...more };
      return world.performs(
        recordRefundWith({ isVerified: async (_, id) => verified.has(id), hasProvider: false }),
        ticketId,
        agent,
        input,
      );
    },
    undoesRefund: (ticketId: number, refundId: number, agent = LENA) =>
      world.performs(undoRefund, ticketId, agent, { refundId }),
    refunded: () => db.select().from(refunds).orderBy(asc(refunds.id)),
    row: async (id: number) => {
      const [row] = await db.select().from(tickets).where(eq(tickets.id, id));
      if (!row) throw new Error(`no row of ticket ${id}`);
      return row;
    },
    corrections: (ticketId: number) =>
      db
        .select()
        .from(categoryCorrections)
        .where(eq(categoryCorrections.ticketId, ticketId))
        .orderBy(asc(categoryCorrections.id)),
    escalations: () => db.select().from(escalations).orderBy(asc(escalations.id)),
    ticked: () => db.select().from(guidanceTicks),
    moves: async (ticketId: number) => {
      const rows = await db
        .select()
        .from(ticketMoves)
        .where(eq(ticketMoves.ticketId, ticketId))
        .orderBy(asc(ticketMoves.id));
      return rows.map(({ fromGroupId, toGroupId }) => `${fromGroupId}>${toGroupId}`);
    },
    lastDecision: async (ticketId: number) => {
      const [row] = await db
        .select()
        .from(decisions)
        .where(eq(decisions.ticketId, ticketId))
        .orderBy(desc(decisions.id))
        .limit(1);
      return row;
    },
    effects: () => db.select().from(outbox).orderBy(asc(outbox.id)),
    notes: (id: number) =>
      (zendesk.account.comments.get(id) ?? []).filter((one) => !one.public).map(({ body }) => body),
    writesOf: (id: number) => zendesk.writes.filter(({ ticketId }) => ticketId === id),
  };
  return world;
}

/** The same amount again is meant unless `isConfirmed` says otherwise. */
export interface RefundOptions {
  agent?: Agent;
  requestId?: string;
  reason?: string;
  reasonCode?: string;
  currency?: string;
  payment?: ManualPayment;
  isConfirmed?: boolean;
}

export interface EscalateOptions {
  fields: Record<string, string>;
  requestId: string;
  agent: Agent;
}
