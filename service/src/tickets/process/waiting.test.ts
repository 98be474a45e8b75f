import fc from 'fast-check';
import { AGENT, aZendesk, ME, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { ExportPage, ZendeskComment } from '../../zendesk/zendesk.ts';
import type { EnvelopeParts } from '../receive/testing/an-envelope.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { aPage, aRestTicket, pipelineFixture } from './testing/pipeline-fixture.ts';

/**
 * Since when does the customer wait? Since the oldest public message of theirs that neither a public answer nor a solve has followed. The
 * same must come out whether the steps come as events, in whatever order, all at once by import, or by repair after a loss.
 */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket } = pipelineFixture(() => database);

const STEPS = ['ask', 'answer', 'note', 'system', 'solve', 'answer+solve', 'reopen', 'pending'] as const;
type Step = (typeof STEPS)[number];

const ID = 5158;
const CUSTOMER = 900;
const START = Date.parse('2025-01-08T10:00:00Z');
const AUTHOR = { ask: CUSTOMER, answer: AGENT, 'answer+solve': AGENT, note: AGENT, system: -1 } as const;

/** Step 0 is the first message; each comes a minute after the one before. */
const at = (index: number) => new Date(START + index * 60_000);
const stamp = (date: Date) => date.toISOString().replace('.000', '');

interface Account {
  status: string;
  comments: ZendeskComment[];
  replies: number;
  reopens: number;
  solvedAt: string | null;
}

/** What Zendesk has after the first message and these steps. A customer who asks opens a solved ticket again. */
function accountAfter(steps: readonly Step[]): Account {
  const account: Account = { status: 'open', comments: [], replies: 0, reopens: 0, solvedAt: null };
  for (const [index, step] of (['ask', ...steps] as const).entries()) {
    const created_at = stamp(at(index));
    if (step in AUTHOR) {
      const author_id = AUTHOR[step as keyof typeof AUTHOR];
      account.comments.push({ id: 100 + index, author_id, body: 'Hello?', public: step !== 'note', created_at });
    }
    if (step === 'answer' || step === 'answer+solve') account.replies += 1;
    const opens = step === 'ask' || step === 'reopen';
    if (opens && account.status === 'solved') account.reopens += 1;
    if (opens) account.status = 'open';
    if (step === 'pending' && account.status === 'open') account.status = 'pending';
    if (step === 'solve' || step === 'answer+solve') {
      if (account.status !== 'solved') account.solvedAt = created_at;
      account.status = 'solved';
    }
  }
  return account;
}

/** The rule itself, step by step. */
function waitsSince(steps: readonly Step[]): Date | null {
  let since: Date | null = null;
  let isSolved = false;
  for (const [index, step] of (['ask', ...steps] as const).entries()) {
    if (step === 'ask') since ??= at(index);
    if (step === 'answer' || step === 'answer+solve' || step === 'solve') since = null;
    if (step === 'solve' || step === 'answer+solve') isSolved = true;
    if (step === 'ask' || step === 'reopen') isSolved = false;
  }
  return isSolved ? null : since;
}

/** The events of one step, as Zendesk sends them: a comment, and the change of status it brings. */
function eventsOf(steps: readonly Step[], index: number): EnvelopeParts[] {
  const time = at(index + 1);
  const before = accountAfter(steps.slice(0, index)).status.toUpperCase();
  const step = steps[index]!;
  const status = accountAfter(steps.slice(0, index + 1)).status.toUpperCase();
  const author = step in AUTHOR ? String(AUTHOR[step as keyof typeof AUTHOR]) : String(AGENT);
  const detail = { created_at: stamp(at(0)), updated_at: stamp(time), status, actor_id: author };
  const comment = {
    id: String(101 + index),
    body: 'Hello?',
    is_public: step !== 'note',
    author: { id: author, name: 'x' },
  };
  return [
    ...(step in AUTHOR ? [{ type: 'ticket.comment_added', time: time.toISOString(), detail, event: { comment } }] : []),
    ...(status === before
      ? []
      : [
          {
            type: 'ticket.status_changed',
            time: time.toISOString(),
            detail,
            event: { current: status, previous: before },
          },
        ]),
  ];
}

const opened: EnvelopeParts = {
  time: at(0).toISOString(),
  detail: { created_at: stamp(at(0)), updated_at: stamp(at(0)), status: 'OPEN' },
};

/** A Zendesk in which the steps have happened. */
function deps(steps: readonly Step[]) {
  const account = accountAfter(steps);
  const page: ExportPage = {
    ...aPage(
      aRestTicket({
        id: ID,
        status: account.status,
        created_at: stamp(at(0)),
        updated_at: stamp(at(steps.length)),
        submitter_id: CUSTOMER,
      }),
    ),
    metricSets: [
      {
        ticket_id: ID,
        replies: account.replies,
        reopens: account.reopens,
        solved_at: account.solvedAt,
        latest_comment_added_at: account.comments.at(-1)?.created_at ?? null,
        requester_updated_at: null,
      },
    ],
  };
  return pipelineDeps(database.db, {
    zendesk: aZendesk({
      exportTickets: async () => page,
      listComments: async () => account.comments,
      lastSolvedAt: async () => account.solvedAt,
    }),
  });
}

const SOURCES: Record<string, (steps: readonly Step[], shuffled: readonly number[]) => Promise<void>> = {
  events: async (steps) => hear(deps(steps), opened, ...steps.flatMap((_step, index) => eventsOf(steps, index))),
  'events in any order': async (steps, shuffled) => {
    const events = [opened, ...steps.flatMap((_step, index) => eventsOf(steps, index))];
    const order = events.map((event, index) => ({ event, place: shuffled[index % shuffled.length] ?? 0 }));
    for (const { event } of order.toSorted((a, b) => a.place - b.place)) await hear(deps(steps), event);
  },
  import: async (steps) => void (await importTickets(deps(steps))),
  repair: async (steps) => {
    await importTickets(deps([]));
    await importTickets(deps(steps));
  },
  'repair after half the events': async (steps) => {
    await importTickets(deps([]));
    const half = Math.ceil(steps.length / 2);
    await hear(deps(steps), ...steps.slice(0, half).flatMap((_step, index) => eventsOf(steps, index)));
    await importTickets(deps(steps));
  },
  'repair after the comments alone': async (steps) => {
    const events = steps.flatMap((_step, index) => eventsOf(steps, index));
    await hear(deps(steps), opened, ...events.filter(({ type }) => type === 'ticket.comment_added'));
    await importTickets(deps(steps));
  },
};

const inOrder = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];

describe.each(Object.entries(SOURCES))('by %s', (_source, take) => {
  test.each<[number | null, Step[]]>([
    [0, []],
    [0, ['ask']],
    [0, ['note', 'pending']],
    [0, ['system']],
    [null, ['answer']],
    [2, ['answer', 'ask']],
    [2, ['answer', 'ask', 'ask']],
    [null, ['answer', 'ask', 'answer']],
    [null, ['solve']],
    [null, ['answer', 'ask', 'solve']],
    // Question, answer, "thanks!", solve without a reply, new question.
    [4, ['answer', 'ask', 'solve', 'ask']],
    [2, ['solve', 'ask', 'ask']],
    [null, ['solve', 'reopen']],
    [3, ['solve', 'reopen', 'ask']],
    [null, ['answer+solve', 'ask', 'solve', 'reopen', 'note']],
    [4, ['solve', 'ask', 'solve', 'ask']],
    [null, ['solve', 'ask', 'answer']],
  ])('the customer waits from step %s: the first message, then %j', async (step, steps) => {
    await take(steps, inOrder);

    // Old solved tickets are not taken in.
    const since = (await ticket(ID))?.waitingSince ?? null;
    expect(since).toEqual(step === null ? null : at(step));
    expect(since).toEqual(waitsSince(steps));
  });

  test('follows the rule for any sequence of events', async () => {
    const steps = fc.array(fc.constantFrom(...STEPS), { maxLength: 7 });
    const shuffled = fc.array(fc.nat(100), { minLength: 15, maxLength: 15 });
    await fc.assert(
      fc
        .asyncProperty(steps, shuffled, async (happened, order) => {
          await take(happened, order);
          expect((await ticket(ID))?.waitingSince ?? null).toEqual(waitsSince(happened));
        })
        .afterEach(() => database.clear()),
      { numRuns: 10 },
    );
  });
});

test("a public comment under the service's own login is an answer, because a person wrote it", async () => {
  await hear(deps([]), opened, {
    type: 'ticket.comment_added',
    time: at(1).toISOString(),
    detail: { created_at: stamp(at(0)), updated_at: stamp(at(1)), status: 'OPEN', actor_id: String(ME) },
    event: { comment: { id: '101', body: 'Hi', is_public: true, author: { id: String(ME), name: 'x' } } },
  });
  expect((await ticket(ID))?.waitingSince).toBeNull();
});
