import { asc, eq } from 'drizzle-orm';
import { AGENT, aZendesk, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { measureTicket } from '../../figures/measure-ticket.ts';
import { sortHistory } from '../../figures/sort-history.ts';
import { readHistory } from '../../history/testing/history-fixture.ts';
import { whyNotSend } from '../../surveys/why-not-send.ts';
import type { MailMarks } from '../../zendesk/mail-marks.ts';
import type { ZendeskComment } from '../../zendesk/zendesk.ts';
import { isOpenByProgram } from '../process/judge-reopening.ts';
import {
  aPage,
  aRestTicket,
  at,
  CUSTOMER,
  change,
  comment,
  pipelineFixture,
} from '../process/testing/pipeline-fixture.ts';
import { importTickets } from '../sync/import-tickets.ts';
import { comments } from '../tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, surveys } = pipelineFixture(() => database);

const AWAY = 'Automatic reply: I am out of the office until Monday with limited access to my e-mail.';
const agent = { actor_id: String(AGENT), assignee_id: String(AGENT) };
const deps = (zendesk = aZendesk()) => pipelineDeps(database.db, { zendesk });

const answer = (second: number, id = '51') => comment(second, id, String(AGENT), 'Which tent?');
const solve = (second: number, from = 'OPEN') =>
  change(second, 'ticket.status_changed', { status: 'SOLVED', ...agent }, { previous: from, current: 'SOLVED' });
const open = (second: number, actor = CUSTOMER, part = '000') => ({
  ...change(
    second,
    'ticket.status_changed',
    { status: 'OPEN', actor_id: actor },
    { previous: 'SOLVED', current: 'OPEN' },
  ),
  time: at(second, part).time,
});
const mail = (second: number, id = '60', body = AWAY) => {
  const event = comment(second, id, CUSTOMER, body);
  return { ...event, detail: { ...event.detail, status: 'OPEN' } };
};

/** Opened, answered, and solved half a minute after. */
async function solved(): Promise<void> {
  await hear(deps(), {}, answer(20), solve(30));
  expect(await surveys()).toMatchObject([{ state: 'scheduled' }]);
}

async function figures() {
  const { policy } = deps();
  const now = new Date(at(59).time);
  const { measures, waits } = measureTicket(await readHistory(database.db, [5158]), null, {
    policy: policy.current().policy,
    now,
  });
  const count = (figure: string) => measures.filter((measure) => measure.figure === figure).length;
  return { solves: count('solve'), reopens: count('reopen'), open: waits.filter(({ until }) => until === null).length };
}

test('starts no wait and ends none, and is not what the customer said last', async () => {
  await hear(deps(), {}, mail(20));
  expect((await ticket())?.waitingSince).toEqual(new Date(at(7).time));

  await hear(deps(), answer(30), mail(40, '61'));
  expect((await ticket())?.waitingSince).toBeNull();
  expect(await figures()).toMatchObject({ open: 0 });

  const stored = await database.db.select().from(comments).where(eq(comments.id, 61));
  expect(stored).toMatchObject([{ author: 'system', authorId: Number(CUSTOMER) }]);
});

test('of an agent ends no wait', async () => {
  await hear(deps(), {}, comment(20, '51', String(AGENT), AWAY));
  expect((await ticket())?.waitingSince).toEqual(new Date(at(7).time));
});

test('that opens a ticket starts no wait', async () => {
  await hear(deps(), {
    detail: { subject: 'Automatic reply: Your survey', description: 'I am back on Monday.', via: { channel: 'mail' } },
  });
  expect((await ticket())?.waitingSince).toBeNull();
  expect(await figures()).toMatchObject({ open: 0 });
});

test('is in the history under its own kind', async () => {
  await hear(deps(), {}, mail(20));
  const entries = await readHistory(database.db, [5158]);
  expect(entries.filter(({ ref }) => ref === 60)).toMatchObject([{ kind: 'automatic_reply', public: true }]);
});

describe('on a solved ticket', () => {
  test.each([
    ['the comment first', () => [[mail(40)], [open(40)]]],
    ['the status first', () => [[open(40)], [mail(40)]]],
    ['the status first, by Zendesk itself', () => [[open(40, '-1')], [mail(40)]]],
    ['both at once', () => [[open(40, CUSTOMER, '400'), mail(40)]]],
    ['both at once, the comment first', () => [[mail(40), open(40, CUSTOMER, '900')]]],
    [
      'something between them',
      () => [[open(40)], [change(43, 'ticket.tags_changed', { status: 'OPEN', tags: ['vip'] })], [mail(40)]],
    ],
  ])('is no reopening: %s', async (_name, steps) => {
    await solved();
    for (const events of steps()) await hear(deps(), ...events);

    expect(await surveys()).toMatchObject([{ state: 'scheduled', reason: null }]);
    expect(await ticket()).toMatchObject({ status: 'open', waitingSince: null, solvedAt: new Date(at(30).time) });
    expect(await figures()).toEqual({ solves: 1, reopens: 0, open: 0 });
  });

  test('does not keep the survey back when it is due', async () => {
    await solved();
    await hear(deps(), mail(40), open(40));
    const [invitation] = await surveys();
    const requester = {
      id: 900,
      name: 'Kim',
      email: 'kim@mail.test',
      role: 'end-user',
      suspended: false,
      locale: null,
    } as const;
    const check = { invitation: invitation!, requester, unsubscribed: false, configured: true, now: invitation!.dueAt };
    const row = (await ticket())!;
    const solveStands = await isOpenByProgram(database.db, row);
    expect(whyNotSend({ ...check, ticket: row, solveStands })).toBeNull();
  });

  test('and solved again: one solve, one survey', async () => {
    await solved();
    await hear(deps(), mail(40), open(40));
    await hear(deps(), solve(50));
    expect(await surveys()).toMatchObject([{ state: 'scheduled' }]);
    expect(await figures()).toEqual({ solves: 1, reopens: 0, open: 0 });
  });

  test.each([
    ['a customer writes', () => mail(50, '70', 'It is still broken, please help.'), 1],
    ['an agent answers', () => ({ ...answer(50, '70'), detail: { ...answer(50).detail, status: 'OPEN' } }), 0],
    [
      'an agent sets it to pending',
      () =>
        change(50, 'ticket.status_changed', { status: 'PENDING', ...agent }, { previous: 'OPEN', current: 'PENDING' }),
      0,
    ],
  ])('and then %s: it is reopened then', async (_name, event, waits) => {
    await solved();
    await hear(deps(), mail(40), open(40));
    await hear(deps(), event());
    expect(await surveys()).toMatchObject([{ state: 'cancelled', reason: 'reopened' }]);
    expect((await ticket())?.solvedAt).toBeNull();
    expect(await figures()).toEqual({ solves: 1, reopens: 1, open: waits });
  });

  test.each([
    ['an agent reopens it', () => [open(40, String(AGENT)), mail(40)]],
    ['an agent reopens it, later', () => [mail(40), open(40, String(AGENT), '900')]],
    ['the customer writes, too', () => [mail(40, '70', 'It is still broken, please help.'), open(40), mail(41)]],
    ['the customer reopened it long before', () => [open(35), mail(55)]],
    ['the customer writes alone', () => [open(40), mail(40, '70', 'I am out of office, please call me. Is it fixed?')]],
  ])('is a reopening if %s', async (_name, events) => {
    await solved();
    for (const event of events()) await hear(deps(), event);
    expect(await surveys()).toMatchObject([{ state: 'cancelled', reason: 'reopened' }]);
    expect((await ticket())?.solvedAt).toBeNull();
    expect(await figures()).toMatchObject({ reopens: 1 });
  });
});

describe('that Zendesk lists', () => {
  const listed = (id: number, second: number, body: string, marks?: MailMarks): ZendeskComment => ({
    id,
    author_id: Number(CUSTOMER),
    body,
    public: true,
    created_at: at(second).updated_at,
    via: { channel: 'email' },
    ...(marks && { marks }),
  });
  const marked = { suspension: 8, from: null, headers: {} };

  test('by its marks is none of the customer, and the solve stands', async () => {
    await solved();
    await hear(deps(), open(40));
    const all = [
      listed(50, 7, 'I want a refund'),
      { ...listed(51, 20, 'Which tent?'), author_id: AGENT },
      listed(60, 40, 'Back on Monday.', marked),
    ];
    const page = {
      ...aPage(aRestTicket({ id: 5158, status: 'open', updated_at: at(40).updated_at })),
      metricSets: [
        {
          ticket_id: 5158,
          replies: 1,
          reopens: 1,
          solved_at: null,
          requester_updated_at: null,
          latest_comment_added_at: at(40).updated_at,
        },
      ],
    };
    await importTickets(
      deps(
        aZendesk({
          listComments: async () => all,
          exportTickets: async () => page,
          lastSolvedAt: async () => at(30).updated_at,
        }),
      ),
    );
    expect(await ticket()).toMatchObject({ waitingSince: null, solvedAt: new Date(at(30).time) });
    expect(await surveys()).toMatchObject([{ state: 'scheduled' }]);
  });

  test('although its event did not show that it is one', async () => {
    await hear(deps(), {}, answer(20), mail(40, '60', 'Back on Monday.'));
    expect((await ticket())?.waitingSince).toEqual(new Date(at(40).time));
    expect(await figures()).toMatchObject({ open: 1 });
    const all = [
      listed(50, 7, 'I want a refund'),
      { ...listed(51, 20, 'Which tent?'), author_id: AGENT },
      listed(60, 40, 'Back on Monday.', marked),
      { ...listed(61, 45, 'Thanks'), author_id: AGENT, public: false },
    ];
    const page = {
      ...aPage(aRestTicket({ id: 5158, status: 'open', updated_at: at(45).updated_at })),
      metricSets: [
        {
          ticket_id: 5158,
          replies: 1,
          reopens: 0,
          solved_at: null,
          requester_updated_at: null,
          latest_comment_added_at: at(45).updated_at,
        },
      ],
    };
    await importTickets(deps(aZendesk({ listComments: async () => all, exportTickets: async () => page })));
    expect((await ticket())?.waitingSince).toBeNull();
    const authors = await database.db.select({ author: comments.author }).from(comments).orderBy(asc(comments.id));
    expect(authors.map(({ author }) => author)).toEqual(['customer', 'agent', 'system', 'agent']);
    // The history is corrected, and nothing that comes late takes it back.
    const kinds = async () =>
      sortHistory(await readHistory(database.db, [5158]))
        .filter(({ ref }) => ref === 60)
        .map(({ kind }) => kind);
    expect([await kinds(), await figures()]).toMatchObject([['automatic_reply'], { open: 0 }]);
    await hear(deps(), { ...mail(40, '60', 'Back on Monday.'), id: 'told again' });
    expect([await kinds(), await figures()]).toMatchObject([['automatic_reply'], { open: 0 }]);
  });
});
