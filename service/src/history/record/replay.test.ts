// Whatever order events arrive in, doubled and late, with exports in between: the history read by time is what happened.
import fc from 'fast-check';
import { AGENT, aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { HistoryEntry } from '../../figures/history-entry.ts';
import { aPage, aRestTicket, CUSTOMER, pipelineFixture } from '../../tickets/process/testing/pipeline-fixture.ts';
import type { EnvelopeParts } from '../../tickets/receive/testing/an-envelope.ts';
import { importTickets } from '../../tickets/sync/import-tickets.ts';
import type { ZendeskComment } from '../../zendesk/zendesk.ts';
import { readHistory } from '../testing/history-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
const { hear } = pipelineFixture(() => database);

const FIELDS = ['status', 'group', 'assignee', 'priority'] as const;
type Field = (typeof FIELDS)[number];
type State = Record<Field, string | null>;
const VALUES: Record<Field, readonly (string | null)[]> = {
  status: ['new', 'open', 'pending', 'solved'],
  group: [null, '11', '12', '13'],
  assignee: [null, String(AGENT), '3'],
  priority: [null, 'low', 'high'],
};

/** One update of the ticket, `after` milliseconds after the last. */
interface Update {
  after: number;
  change: Partial<State>;
  comment: 'customer' | 'agent' | 'note' | null;
}
interface Moment {
  at: number;
  before: State;
  state: State;
  comment: Update['comment'];
  id: number;
}

const START = Date.parse('2025-01-08T10:12:07.000Z');

/** What happened, update by update. */
function play(updates: readonly Update[]): Moment[] {
  let state: State = { status: 'new', group: null, assignee: null, priority: null };
  let at = START;
  const moments: Moment[] = [{ at, before: state, state, comment: null, id: 0 }];
  for (const [n, { after, change, comment }] of updates.entries()) {
    at += after;
    const next = { ...state, ...change };
    moments.push({ at, before: state, state: next, comment, id: n + 1 });
    state = next;
  }
  return moments;
}

const seconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const authorOf = (comment: Update['comment']): number => (comment === 'customer' ? Number(CUSTOMER) : AGENT);

/** As Zendesk sends them: an event for each thing that one update changed, all with the ticket as it was after it. */
function eventsOf({ at, before, state, comment, id }: Moment): EnvelopeParts[] {
  const upper = (value: string | null) => value?.toUpperCase() ?? null;
  const actor = id === 0 || comment === 'customer' ? CUSTOMER : String(AGENT);
  const detail = {
    status: upper(state.status),
    priority: upper(state.priority),
    group_id: state.group,
    assignee_id: state.assignee,
    updated_at: seconds(at),
    actor_id: actor,
  };
  const event = (type: string, told: object): EnvelopeParts => ({
    type: `ticket.${type}`,
    time: new Date(at).toISOString(),
    detail,
    event: told as Record<string, unknown>,
  });
  if (id === 0) return [event('created', {})];
  const said = { id: String(1_000 + id), body: 'Hello', is_public: comment !== 'note', author: { id: actor } };
  const changed = (field: Field): boolean => state[field] !== before[field];
  const told = (field: Field) => ({ previous: before[field], current: state[field] });
  const status = { previous: upper(before.status), current: upper(state.status) };
  return [
    ...(comment ? [event('comment_added', { comment: said })] : []),
    ...(changed('status') ? [event('status_changed', status)] : []),
    ...(changed('group') ? [event('group_assignment_changed', told('group'))] : []),
    ...(changed('assignee') ? [event('agent_assignment_changed', told('assignee'))] : []),
    ...(changed('priority') ? [event('priority_changed', told('priority'))] : []),
  ];
}

/** The export as it is after so many moments, and what else happened in that second: it leaves out the last minute. */
async function readExport(all: readonly Moment[], count: number): Promise<void> {
  const second = seconds(all[count - 1]!.at);
  const moments = all.filter(({ at }) => seconds(at) <= second);
  const { at, state } = moments.at(-1)!;
  const numberOf = (value: string | null): number | null => (value === null ? null : Number(value));
  const ticket = aRestTicket({
    id: 5158,
    status: state.status!,
    priority: state.priority,
    group_id: numberOf(state.group),
    assignee_id: numberOf(state.assignee),
    updated_at: seconds(at),
  });
  const said = moments.filter(({ comment }) => comment !== null);
  const list: ZendeskComment[] = [
    { id: 999, author_id: Number(CUSTOMER), body: ticket.description!, public: true, created_at: ticket.created_at },
    ...said.map(({ id, comment, at: when }) => ({
      id: 1_000 + id,
      author_id: authorOf(comment),
      body: 'Hello',
      public: comment !== 'note',
      created_at: seconds(when),
    })),
  ];
  const counted = { replies: 1, reopens: 0, solved_at: null, requester_updated_at: null };
  const page = {
    ...aPage(ticket),
    metricSets: [{ ticket_id: 5158, ...counted, latest_comment_added_at: seconds(said.at(-1)?.at ?? START) }],
  };
  const zendesk = aZendesk({
    exportTickets: async () => page,
    listComments: async () => list,
    lastSolvedAt: async () => null,
  });
  await importTickets(pipelineDeps(database.db, { zendesk, clock: () => at + 60_000 }));
}

const valueOf = ({ kind, value, ref }: HistoryEntry): string | null =>
  kind === 'group' || kind === 'assignee' ? (ref === null ? null : String(ref)) : value;

/** Its values by time, without equal neighbours and a first one of none. */
function replay(entries: readonly HistoryEntry[], field: Field): string[] {
  const steps = entries.filter(({ kind }) => kind === field);
  return steps
    .filter((step, n) => valueOf(step) !== (n === 0 ? null : valueOf(steps[n - 1]!)))
    .map((step) => `${step.at.toISOString()} ${valueOf(step)}`);
}

function expected(moments: readonly Moment[], field: Field): string[] {
  return moments
    .filter(({ state, before, id }) => (id === 0 ? state[field] !== null : state[field] !== before[field]))
    .map(({ at, state }) => `${new Date(at).toISOString()} ${state[field]}`);
}

/** Who had the ticket at each solve. */
const solvesOf = (moments: readonly Moment[]): string[] =>
  moments
    .filter(({ state, before }) => state.status === 'solved' && before.status !== 'solved')
    .map(({ at, state }) => `${new Date(at).toISOString()} ${state.group} ${state.assignee}`);

function solvesIn(entries: readonly HistoryEntry[]): string[] {
  const steps = entries.filter(({ kind }) => kind === 'status');
  return steps
    .filter(({ value }, n) => value === 'solved' && steps[n - 1]?.value !== 'solved')
    .map(({ at, groupId, assigneeId }) => `${at.toISOString()} ${groupId} ${assigneeId}`);
}

const anUpdate: fc.Arbitrary<Update> = fc.record({
  // Often within one second, which is all that the export shows.
  after: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1_000, max: 5_000 })),
  change: fc.record(
    {
      status: fc.constantFrom(...VALUES.status),
      group: fc.constantFrom(...VALUES.group),
      assignee: fc.constantFrom(...VALUES.assignee),
      priority: fc.constantFrom(...VALUES.priority),
    },
    { requiredKeys: [] },
  ),
  comment: fc.constantFrom('customer', 'agent', 'note', null, null),
});

/** Each event's place in the order of arrival, some of them twice, and after which of them the export is read. */
const aDelivery = fc.record({
  updates: fc.array(anUpdate, { minLength: 2, maxLength: 6 }),
  order: fc.array(fc.nat({ max: 1_000 }), { minLength: 40, maxLength: 40 }),
  together: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 }),
  exports: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
});

test('the history, read by time, equals what happened', async () => {
  await fc.assert(
    fc.asyncProperty(aDelivery, async ({ updates, order, together, exports }) => {
      await database.clear();
      const moments = play(updates);
      const events = moments.flatMap(eventsOf);
      const arriving = [...events, ...events.filter((_, n) => (order[n] ?? 0) % 3 === 0)]
        .map((event, n) => ({ event, place: order[n] ?? n }))
        .toSorted((a, b) => a.place - b.place);
      for (let from = 0, n = 0; from < arriving.length; n += 1) {
        const batch = arriving.slice(from, from + (together[n] ?? 1));
        from += batch.length;
        await hear(pipelineDeps(database.db), ...batch.map(({ event }) => event));
        if (exports[n]) await readExport(moments, 1 + ((order[n] ?? 0) % moments.length));
      }

      const entries = await readHistory(database.db, [5158]);
      for (const field of FIELDS) expect(replay(entries, field)).toEqual(expected(moments, field));
      expect(solvesIn(entries)).toEqual(solvesOf(moments));
      const said = entries.flatMap(({ kind, ref }) => (kind === 'comment' ? [ref] : []));
      const ids = moments.flatMap(({ comment, id }) => (comment === null ? [] : [1_000 + id]));
      expect(new Set(said)).toEqual(new Set([-5158, ...ids]));
      expect(said).toHaveLength(ids.length + 1);
      expect(entries.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    }),
    { numRuns: 12, seed: 77, endOnFailure: true },
  );
});

/** Its last value. */
function lastOf(entries: readonly HistoryEntry[], field: Field): string | null {
  const last = entries.findLast(({ kind }) => kind === field);
  return last ? valueOf(last) : null;
}

test('after events were lost, the export brings what the ticket is now', async () => {
  await fc.assert(
    fc.asyncProperty(aDelivery, async ({ updates, order }) => {
      await database.clear();
      const moments = play(updates);
      const arriving = moments
        .flatMap(eventsOf)
        .map((event, n) => ({ event, place: order[n] ?? n }))
        .filter(({ place }) => place % 2 === 0)
        .toSorted((a, b) => a.place - b.place);
      for (const { event } of arriving) await hear(pipelineDeps(database.db), event);
      await readExport(moments, moments.length);

      const entries = await readHistory(database.db, [5158]);
      // The export does not bring a ticket that is over and unknown.
      if (entries.length === 0) return;
      const { state } = moments.at(-1)!;
      for (const field of FIELDS) expect(lastOf(entries, field)).toEqual(state[field]);
    }),
    { numRuns: 8, seed: 77, endOnFailure: true },
  );
});
