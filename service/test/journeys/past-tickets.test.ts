// The journey of an account with a past: at the first start its figures are those that Zendesk measured.
import { count, eq, sql } from 'drizzle-orm';
import { measures, zendeskFigures } from '../../src/history/tables.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

const PAST = 300;
const HOUR = 3_600_000;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
  await harness.stopService();
  await harness.database.clear();
});
afterAll(() => harness.stop());

/** Opened over the last eighty days, answered and solved; some reopened, some still open, one deleted. */
function givePast(): number[] {
  const { account } = harness.zendesk;
  const agent = account.users.list().find(({ email }) => email === 'priya@northwind.test')!;
  const requester = account.users.list().find(({ role }) => role === 'end-user') ?? agent;
  const now = harness.zendesk.clock.now();
  return Array.from({ length: PAST }, (_, index) => {
    const opened = now - (24 + index * 6) * HOUR;
    const by = { id: requester.id, channel: 'email' };
    const comment = (body: string) => ({ body, public: true });
    const made = account.tickets.create(
      {
        subject: `Past ${index}`,
        comment: comment('The tent leaks.'),
        requester_id: requester.id,
        tags: index % 2 === 0 ? ['category__refunds', 'tier__t1'] : [],
      },
      { ...by, at: opened },
    );
    if (!made.ok) throw new Error(JSON.stringify(made.refusal));
    const { id } = made.value.ticket;
    const acts = (
      hours: number,
      patch: object,
      who: { id: number; channel: string } = { id: agent.id, channel: 'web' },
    ) => {
      const done = account.tickets.update(id, patch, { ...who, at: opened + hours * HOUR });
      if (!done.ok) throw new Error(JSON.stringify(done.refusal));
    };
    acts(1 + (index % 7), { comment: comment('Which tent?'), assignee_id: agent.id });
    acts(9, { comment: comment('Solved.'), status: 'solved' });
    if (index % 10 === 0) acts(12, { comment: comment('Still leaks.'), status: 'open' }, by);
    if (index % 10 === 0) acts(15, { comment: comment('Now it is solved.'), status: 'solved' });
    return id;
  });
}

test('300 past tickets count as Zendesk measured them', async () => {
  const ids = givePast();
  const { account } = harness.zendesk;
  account.tickets.softDelete(ids[5]!, {
    id: account.users.list().find(({ role }) => role === 'admin')!.id,
    channel: 'web',
  });
  const left = ids.filter((id) => id !== ids[5]);
  const sets = left.map((id) => account.tickets.metrics(id)!);

  await harness.startService();

  const { db } = harness.database;
  await until('the figures are taken in', async () => {
    const [row] = await db.select({ n: count() }).from(zendeskFigures);
    return row?.n === left.length;
  });
  const sums = async () => {
    const rows = await db
      .select({ figure: measures.figure, n: count(), seconds: sql<string | null>`sum(${measures.seconds})` })
      .from(measures)
      .where(eq(measures.fromZendesk, true))
      .groupBy(measures.figure);
    return Object.fromEntries(rows.map(({ figure, n, seconds }) => [figure, [n, Number(seconds ?? 0)]]));
  };
  const minutes = (of: (set: (typeof sets)[number]) => number | null) =>
    60 * sets.reduce((sum, set) => sum + (of(set) ?? 0), 0);
  const reopens = sets.reduce((sum, set) => sum + set.reopens, 0);
  expect(reopens).toBe(PAST / 10);

  await until('all are measured', async () => {
    return (await sums()).arrival?.[0] === left.length;
  });
  expect(await sums()).toMatchObject({
    arrival: [left.length, 0],
    first_reply: [left.length, minutes((set) => set.reply_time_in_minutes.calendar)],
    first_resolution: [left.length, minutes((set) => set.first_resolution_time_in_minutes.calendar)],
    full_resolution: [left.length, minutes((set) => set.full_resolution_time_in_minutes.calendar)],
    requester_wait: [left.length, minutes((set) => set.requester_wait_time_in_minutes.calendar)],
    solve: [left.length + reopens, 0],
    reopen: [reopens, 0],
  });
  const [refunds] = await db.select({ n: count() }).from(zendeskFigures).where(eq(zendeskFigures.category, 'refunds'));
  expect(refunds?.n).toBe(PAST / 2);
});
