// Live decisions equal back-tested ones on the same facts.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Condition,
  type ConditionNode,
  FIELD_KINDS,
  FIELD_NAMES,
  findConditionField,
  operatorsOf,
  type Policy,
} from '@deskwright/shared';
import { asc } from 'drizzle-orm';
import fc from 'fast-check';
import { type Outcome, outcomeReader } from '../src/backtest/outcome.ts';
import { compilePolicy } from '../src/decide/compile-policy.ts';
import { decide } from '../src/decide/decide.ts';
import { aPolicy } from '../src/decide/testing/builders.ts';
import { openDirectory } from '../src/directory/directory.ts';
import {
  fetchPastTickets,
  openCache,
  openHistory,
  type PastTicketChunks,
  readAccountNames,
  ticketsOf,
} from '../src/past-tickets/index.ts';
import { decisions, readDecisions, tickets } from '../src/tickets/index.ts';
import type { PipelineDeps } from '../src/tickets/process/deps.ts';
import { pipelineFixture } from '../src/tickets/process/testing/pipeline-fixture.ts';
import { createFakeZendesk } from '../src/zendesk/create-fake-zendesk.ts';
import { aZendeskTicket } from '../src/zendesk/testing/a-zendesk-ticket.ts';
import type { ZendeskTicket } from '../src/zendesk/zendesk.ts';
import { ME, pipelineDeps, silentLogger } from '../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const numRuns = Number(process.env.FC_RUNS ?? 12);
const CREATED = '2025-01-08T10:12:07Z';
const now = (): number => Date.parse(CREATED);

let database: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'deskwright-live-'));
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true });
});
const { hear } = pipelineFixture(() => database);

const NAMES = {
  group: [
    { id: 11, name: 'Support Tier 1' },
    { id: 12, name: 'Support Tier 2' },
    { id: 13, name: 'Sales' },
  ],
  organization: [{ id: 21, name: 'Acme' }],
  brand: [{ id: 31, name: 'Outdoor' }],
  form: [{ id: 41, name: 'Returns' }],
};
const aPerson = (id: number, name: string, role: 'agent' | 'end-user', locale: string) =>
  ({ id, name, email: `${name.toLowerCase()}@x.test`, role, suspended: false, locale }) as const;
const PEOPLE = [
  aPerson(2, 'Lena', 'agent', 'de'),
  aPerson(900, 'Robin', 'end-user', 'de'),
  aPerson(901, 'Sam', 'end-user', 'en-US'),
];

const WORDS = ['refund', 'refunds', 'refnd', 'money', 'back', 'größe', 'order'];
const VALUES: Readonly<Record<string, readonly (string | number | boolean)[]>> = {
  tags: ['vip', 'web'],
  via: ['email', 'web', 'chat'],
  channel: ['email', 'web', 'chat'],
  group: ['Support Tier 1', 'Sales'],
  assignee: ['lena@x.test'],
  requester: ['Robin', 'Sam'],
  requester_email: ['robin@x.test', 'sam@x.test'],
  organization: ['Acme'],
  brand: ['Outdoor'],
  form: ['Returns'],
  language: ['de', 'en-US'],
  'custom_field:1': ['red', 7, true, '7'],
  created_hours_ago: [0, 1],
  waiting_hours: [0, 1],
};

/** Any operator that fits the field, with a value that a ticket may have. */
function aConditionOn(field: string): fc.Arbitrary<Condition> {
  const kind = FIELD_KINDS[findConditionField(field)?.kind ?? 'text'];
  const own = kind.allowed ?? VALUES[field] ?? WORDS;
  const value = fc.constantFrom(...own);
  return fc.constantFrom(...operatorsOf(field)).chain((operator): fc.Arbitrary<Condition> => {
    switch (operator) {
      case 'present':
      case 'absent':
        return fc.constant({ field, operator });
      case 'matches':
      case 'not_matches':
        return fc.constantFrom('re', '^a', 'e$', '\\d').map((pattern) => ({ field, operator, value: pattern }));
      case 'includes_any':
      case 'includes_all':
      case 'includes_none': {
        const word = fc.oneof(value.map(String), fc.constantFrom('refund~', 'mon*', 'money back'));
        const one = kind.allowed === undefined ? word : value.map(String);
        return fc.array(one, { minLength: 1, maxLength: 2 }).map((words) => ({ field, operator, value: words }));
      }
      case 'less_than':
      case 'greater_than':
        return (kind.allowed === undefined ? fc.constantFrom(0, 1, 7) : value).map((one) => ({
          field,
          operator,
          value: one,
        }));
      default:
        return value.map((one) => ({ field, operator, value: one }));
    }
  });
}

const someCondition: fc.Arbitrary<ConditionNode> = fc
  .constantFrom(...FIELD_NAMES, 'custom_field:1')
  .chain((field) => aConditionOn(field));
const someConditions = fc.record(
  {
    all: fc.array(someCondition, { maxLength: 2 }),
    any: fc.array(someCondition, { maxLength: 2 }),
    none: fc.array(someCondition, { maxLength: 1 }),
  },
  { requiredKeys: [] },
);
const someTrigger = fc.record({
  conditions: someConditions,
  // No ticket arrives with these, so that what the service sets can be told from what was there.
  actions: fc.record(
    {
      category: fc.constantFrom('refund', 'bug', 'other'),
      priority: fc.constantFrom('urgent' as const),
      add_tags: fc.uniqueArray(fc.constantFrom('set', 'put'), { minLength: 1 }),
    },
    { requiredKeys: [] },
  ),
});
const somePolicy = fc
  .array(someTrigger, { minLength: 4, maxLength: 12 })
  .map((all) => aPolicy(all.map((one, at) => ({ id: `t${at}`, title: `Trigger ${at}`, ...one }))));

const aText = fc.array(fc.constantFrom(...WORDS, 'Hello,', '7'), { maxLength: 4 }).map((words) => words.join(' '));
const aMessage = fc
  .tuple(aText, fc.boolean())
  .map(([text, quotes]) => (quotes ? `${text}\n\nOn Mon, 1 Jun 2026 at 10:00, Sam wrote:\n> money back` : text));
/** As events and as the API write it. */
const CHANNELS = [
  ['mail', 'email'],
  ['web_form', 'web'],
  ['chat', 'chat'],
] as const;

const someTicket = fc.record({
  subject: aText,
  description: aMessage,
  tags: fc.uniqueArray(fc.constantFrom('vip', 'web', 'refund'), { maxLength: 2 }),
  status: fc.constantFrom('new', 'open', 'pending', 'hold'),
  priority: fc.constantFrom(null, 'low', 'high'),
  type: fc.constantFrom(null, 'task', 'incident'),
  channel: fc.constantFrom(...CHANNELS),
  group: fc.constantFrom(null, 13),
  assignee: fc.constantFrom(null, 2),
  organization: fc.constantFrom(null, 21, 22),
  brand: fc.constantFrom(null, 31),
  form: fc.constantFrom(null, 41),
  requester: fc.constantFrom(900, 901),
  custom: fc.constantFrom(null, 'red', 7, '7', true),
});
type SomeTicket = typeof someTicket extends fc.Arbitrary<infer T> ? T : never;

const toRest = (ticket: SomeTicket, id: number): ZendeskTicket =>
  aZendeskTicket({
    id,
    subject: ticket.subject,
    description: ticket.description,
    tags: [...ticket.tags],
    status: ticket.status,
    priority: ticket.priority,
    type: ticket.type,
    via: { channel: ticket.channel[1] },
    group_id: ticket.group,
    assignee_id: ticket.assignee,
    organization_id: ticket.organization,
    brand_id: ticket.brand,
    ticket_form_id: ticket.form,
    requester_id: ticket.requester,
    submitter_id: ticket.requester,
    custom_fields: [{ id: 1, value: ticket.custom }],
    created_at: CREATED,
    updated_at: CREATED,
  });

const idOf = (id: number | null): string | null => (id === null ? null : String(id));

function toDetail(ticket: ZendeskTicket, channel: string): Record<string, unknown> {
  return {
    subject: ticket.subject,
    description: ticket.description,
    tags: ticket.tags,
    status: ticket.status.toUpperCase(),
    priority: ticket.priority?.toUpperCase() ?? null,
    type: ticket.type?.toUpperCase() ?? null,
    via: { channel },
    group_id: idOf(ticket.group_id),
    assignee_id: idOf(ticket.assignee_id),
    organization_id: idOf(ticket.organization_id),
    brand_id: idOf(ticket.brand_id),
    form_id: idOf(ticket.ticket_form_id),
    requester_id: idOf(ticket.requester_id),
    submitter_id: idOf(ticket.submitter_id),
    actor_id: idOf(ticket.requester_id),
    created_at: ticket.created_at,
    updated_at: ticket.updated_at,
  };
}

async function aService(policy: Policy) {
  const zendesk = { ...createFakeZendesk(now), listNames: async (kind: keyof typeof NAMES) => NAMES[kind] };
  zendesk.account.users.push(...PEOPLE);
  const compiled = compilePolicy(policy);
  const { asks } = compiled;
  const inForce = { policy, compiled, hash: 'x' };
  const directory = await openDirectory({
    db: database.db,
    zendesk,
    clock: now,
    logger: silentLogger as never,
    kinds: () => asks as never,
  });
  const deps = pipelineDeps(database.db, {
    zendesk,
    directory,
    policy: { current: () => inForce },
    clock: now,
  });
  return { zendesk, deps, compiled, asks };
}

/** What each ticket gets, by its id. */
type Outcomes = Readonly<Record<number, Outcome>>;

async function backtested({ chunks }: PastTicketChunks, policy: Policy): Promise<Outcomes> {
  const [compiled, outcomeOf] = [compilePolicy(policy), outcomeReader(policy)];
  const outcomes: Record<number, Outcome> = {};
  for await (const chunk of chunks)
    for (const ticket of ticketsOf(chunk)) {
      if ('problem' in ticket) throw new Error(ticket.problem);
      outcomes[Number(ticket.id)] = outcomeOf(decide(ticket.facts, compiled));
    }
  return outcomes;
}

async function live(policy: Policy): Promise<Outcomes> {
  const outcomeOf = outcomeReader(policy);
  const rows = await database.db.select().from(decisions).orderBy(asc(decisions.id));
  const read = await readDecisions(database.db, rows);
  return Object.fromEntries(read.map(({ ticketId, decision }) => [ticketId, outcomeOf(decision)]));
}

test('what the service decides live is what a back-test says, from the account and from the history', async () => {
  await fc.assert(
    fc.asyncProperty(somePolicy, fc.array(someTicket, { minLength: 1, maxLength: 6 }), async (policy, tickets) => {
      // An export does not say whether the customer waits for an answer while a ticket is pending or on hold.
      const asksWhoWaits = JSON.stringify(policy.triggers).includes('waiting_hours');
      const given = tickets.map((ticket) => (asksWhoWaits ? { ...ticket, status: 'open' as const } : ticket));
      await database.clear();
      const { zendesk, deps, asks } = await aService(policy);
      for (const [at, one] of given.entries()) {
        const ticket = toRest(one, at + 1);
        zendesk.account.tickets.set(ticket.id, ticket);
        await hear(deps, { ticketId: ticket.id, time: CREATED, detail: toDetail(ticket, one.channel[0]) });
      }
      const decided = await live(policy);
      expect(Object.keys(decided)).toHaveLength(given.length);

      const folder = await mkdtemp(join(dataDir, 'account-'));
      const signal = new AbortController().signal;
      await fetchPastTickets({ folder, zendesk, asks, clock: now, keepMs: 86_400_000, signal });
      const cached = await openCache(folder, { asks });
      expect(cached?.unknown).toEqual([]);
      expect(await backtested(cached as PastTicketChunks, policy)).toEqual(decided);

      await hearOwnWrites(deps, given);
      const history = await openHistory(database.db, { asks, names: await readAccountNames(zendesk, asks) });
      const past = await backtested(history, policy);
      // The database does not know a priority any more that the service has replaced.
      const isKnown = (id: string) =>
        given[Number(id) - 1]?.priority === null || decided[Number(id)]?.priority === null;
      const known = (all: Outcomes) => Object.fromEntries(Object.entries(all).filter(([id]) => isKnown(id)));
      expect(Object.keys(past)).toEqual(Object.keys(decided));
      expect(known(past)).toEqual(known(decided));
    }),
    { numRuns },
  );
});

/** The events of what the service then writes into the tickets. */
async function hearOwnWrites(deps: PipelineDeps, given: readonly SomeTicket[]): Promise<void> {
  for (const { id, tags, wanted, ...row } of await database.db.select().from(tickets)) {
    const one = given[id - 1];
    if (wanted === null || one === undefined) continue;
    const written = {
      ...toRest(one, id),
      tags: [...new Set([...tags, ...wanted.tags, `category__${wanted.category}`, `tier__${wanted.tier}`])],
      priority: wanted.priority ?? row.priority,
      group_id: wanted.groupId ?? row.groupId,
    };
    const detail = { ...toDetail(written, one.channel[0]), actor_id: String(ME), updated_at: '2025-01-08T10:12:09Z' };
    await hear(deps, { ticketId: id, type: 'ticket.tags_changed', time: '2025-01-08T10:12:09Z', detail });
  }
}
