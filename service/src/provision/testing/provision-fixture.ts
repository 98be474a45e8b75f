// Sets up a local Zendesk, a database and the calls that plan, apply and roll back.
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { hashPolicy, type Policy, policySchema } from '@deskwright/shared';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { Guidance } from '../../policy/guidance/guidance.ts';
import { createZendesk } from '../../zendesk/create-zendesk.ts';
import { type ApplyDeps, alone, applyPlan } from '../apply-plan.ts';
import { makePlan } from '../make-plan.ts';
import { makeRollbackPlan } from '../make-rollback-plan.ts';
import type { Plan } from '../plan.ts';

export const OWNER = { id: 1 };

/** A policy of two tiers of which the account has no group, two categories, and a view that is newest first. */
export function aPolicy(part: Record<string, unknown> = {}): Policy {
  return policySchema.parse({
    version: 1,
    company: 'Northwind',
    time_zone: 'Europe/Berlin',
    tiers: [
      { id: 't1', name: 'Tier 1', group: 'First line' },
      { id: 't2', name: 'Tier 2', group: 'Second line' },
    ],
    categories: [
      { id: 'refunds', name: 'Refunds', tier: 't1' },
      { id: 'bug', name: 'Bug', tier: 't2' },
    ],
    default_category: 'bug',
    views: [{ title: 'All open' }],
    ...part,
  });
}

export interface ProvisionFixture {
  zendesk: LocalZendesk;
  database: TestDatabase;
  deps: ApplyDeps;
  /** Of the policy that is planned, by category; empty at first. */
  guidance: Map<string, Guidance>;
  /** Waits that were asked for, in milliseconds; none is waited for. */
  waits: number[];
  plan: (policy?: Policy) => Promise<Plan>;
  /** Plans and carries out. */
  apply: (policy?: Policy, saved?: Plan) => ReturnType<typeof applyPlan>;
  rollback: (to: number) => ReturnType<typeof applyPlan>;
  /** What the API returns of all objects of the kinds that Deskwright manages. */
  everything: () => Promise<Record<string, unknown>[]>;
  /** A new client, as a command that is run again has: it remembers no outage. */
  reconnect: () => void;
  stop: () => Promise<void>;
}

/** The views of Northwind, newest first, in an account without its groups; nothing is seeded but these. */
export async function startProvisionFixture(): Promise<ProvisionFixture> {
  const database = await createTestDatabase();
  const zendesk = await startLocalZendesk({
    port: 0,
    smtpPort: 0,
    backlog: 0,
    seed: 'empty',
    trickle: { start: 'off' },
  });
  const made = zendesk.account.views.create(
    {
      title: 'All open',
      all: [{ field: 'status', operator: 'less_than', value: 'solved' }],
      output: {
        columns: ['status', 'description', 'created'],
        group_by: 'assignee',
        group_order: 'desc',
        sort_by: 'created',
        sort_order: 'desc',
      },
    },
    OWNER,
  );
  if (!made.ok) throw new Error(JSON.stringify(made));
  const connect = () =>
    createZendesk({
      baseUrl: zendesk.url,
      oauth: { clientId: 'deskwright', clientSecret: 'deskwright' },
      scope: 'read write',
      clock: Date.now,
      logger: silentLogger,
      limits: { backoffMs: 1, timeoutMs: 2_000 },
    });
  const waits: number[] = [];
  const deps: ApplyDeps = {
    db: database.db,
    objects: connect().objects,
    account: zendesk.url,
    publicUrl: 'https://desk.example.com',
    now: () => new Date('2026-11-29T12:00:00Z'),
    perMinute: () => 100_000,
    pause: async (ms) => void waits.push(ms),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  };
  const request = { reason: 'a test', who: 'ana@desk' };
  const guidance = new Map<string, Guidance>();
  const plan = (policy = aPolicy()) => makePlan(deps, { policy, hash: hashPolicy(policy), guidance });
  const carry = (make: () => Promise<Plan>, saved?: Plan) =>
    alone(
      deps,
      () => undefined,
      async () => applyPlan(deps, { ...request, plan: saved ?? (await make()), remake: make }),
    );
  return {
    zendesk,
    database,
    deps,
    guidance,
    waits,
    plan,
    apply: (policy, saved) => carry(() => plan(policy), saved),
    rollback: (to) => carry(() => makeRollbackPlan(deps, to)),
    everything: async () => {
      const kinds = ['group', 'ticket_field', 'view', 'macro', 'webhook'] as const;
      return (await Promise.all(kinds.map((kind) => deps.objects.list(kind)))).flat();
    },
    reconnect: () => {
      deps.objects = connect().objects;
    },
    stop: async () => {
      await zendesk.stop();
      await database.drop();
    },
  };
}
