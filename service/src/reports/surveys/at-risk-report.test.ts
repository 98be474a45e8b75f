// Checks who is listed as at risk, and when a team is advised.
import { eq, inArray } from 'drizzle-orm';
import { pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { followUpAnswers, followUps } from '../../surveys/follow-ups/tables.ts';
import { responses, surveyChoices, surveySubmissions } from '../../surveys/tables.ts';
import { aPolicy, givenInvitation, MONDAY_NOON } from '../../surveys/testing/survey-fixtures.ts';
import { writeReport } from '../engine/write-report.ts';
import { makeAtRiskReport } from './at-risk-report.ts';

const inForce = pipelineDeps(null as never).policy.current();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const daysAgo = (days: number) => new Date(MONDAY_NOON.getTime() - days * 86_400_000);

async function answered(requesterId: number, score: number, days: number, verdict: 'human' | 'doubtful' = 'human') {
  const { db } = database;
  const asked = { survey: 'nps', cause: 'campaign', ticketId: null, solvedAt: null, category: null } as const;
  const to = { requesterId, recipient: `c${requesterId}@example.com`, state: 'answered' } as const;
  const { id: invitationId } = await givenInvitation(db, { ...asked, ...to });
  const at = daysAgo(days);
  const seen = { agentKind: 'browser', unlikeBrowser: false, gesture: true, signals: null, trapFilled: false } as const;
  const of = { agent: 'a', userAgent: 'Chrome', comment: '', final: true, used: true } as const;
  const judged = { verdict, points: 0, seen } as const;
  const [sent] = await db
    .insert(surveySubmissions)
    .values({ ...of, ...judged, invitationId, at, score, drivers: [], reasons: [] })
    .returning({ id: surveySubmissions.id });
  await db
    .insert(responses)
    .values({ invitationId, score, submissionId: sent?.id ?? null, answeredAt: at, changedAt: at });
  return invitationId;
}

async function followedUp(
  invitationId: number,
  requesterId: number,
  part: Partial<typeof followUps.$inferInsert> = {},
) {
  const row = { survey: 'nps', action: 'new_ticket', openedAt: daysAgo(5), dueAt: daysAgo(2) } as const;
  const [made] = await database.db
    .insert(followUps)
    .values({ ...row, requesterId, ...part })
    .returning({ id: followUps.id });
  await database.db.insert(followUpAnswers).values({ invitationId, followUpId: made?.id ?? 0, joinedAt: daysAgo(5) });
}

const report = () =>
  makeAtRiskReport({
    db: database.db,
    policy: { ...inForce, policy: aPolicy(), guidance: new Map() },
    now: MONDAY_NOON,
    link: null,
    ticketUrl: (id) => `https://northwind.zendesk.test/agent/tickets/${id}`,
  });

test('each customer whose newest answer is bad and whom nobody has reached is listed once, the most pressing first', async () => {
  await answered(501, 9, 40);
  await followedUp(await answered(501, 3, 10), 501, { ticketId: 70 });
  await answered(502, 2, 9);
  await answered(502, 4, 3);
  // Content again, reached, too long ago, perhaps a program, and not unhappy.
  await answered(503, 1, 9);
  await answered(503, 8, 3);
  await followedUp(await answered(504, 1, 9), 504, { contactedAt: daysAgo(1), state: 'contacted' });
  await answered(505, 1, 91);
  await answered(506, 1, 1, 'doubtful');
  await answered(507, 7, 1);
  const { summary, sections } = await report();
  expect(summary[0]).toMatch(/^2 customers may be lost/);
  expect(sections[0]?.blocks[0]).toMatchObject({
    kind: 'list',
    items: [
      'Customer 502: NPS 4 on Fri 20 Nov, 2 bad answers, not followed up',
      'Customer 501, #70: NPS 3 on Fri 13 Nov, was satisfied before, follow-up overdue',
    ],
    tickets: [{ id: 70, url: 'https://northwind.zendesk.test/agent/tickets/70' }],
  });
});

test('a doubtful answer counts once nothing contradicts it, or an admin has chosen it', async () => {
  const { db } = database;
  await answered(501, 1, 1, 'doubtful');
  const confirmed = await answered(502, 2, 2, 'doubtful');
  await db.update(responses).set({ confirmed: true }).where(eq(responses.invitationId, confirmed));
  const chosen = await answered(503, 3, 3, 'doubtful');
  const released = await answered(504, 4, 4, 'doubtful');
  const sent = await db
    .select()
    .from(responses)
    .where(inArray(responses.invitationId, [chosen, released]));
  const by = { at: MONDAY_NOON, who: 'ana', why: '' };
  for (const { invitationId, submissionId } of sent)
    await db.insert(surveyChoices).values({ invitationId, submissionId, ...by });
  await db.insert(surveyChoices).values({ invitationId: released, submissionId: null, ...by });
  const { sections } = await report();
  expect(sections[0]?.blocks[0]).toMatchObject({
    items: [expect.stringMatching(/^Customer 503: NPS 3/), expect.stringMatching(/^Customer 502: NPS 2/)],
  });
});

test('a team is advised once follow-ups are more than one person can take, with the numbers', async () => {
  const row = {
    survey: 'nps',
    action: 'new_ticket',
    openedAt: daysAgo(5),
    dueAt: daysAgo(2),
    endedAt: daysAgo(1),
  } as const;
  const opened = (n: number, days = 5) =>
    database.db
      .insert(followUps)
      .values(Array.from({ length: n }, (_, id) => ({ ...row, openedAt: daysAgo(days), requesterId: id })));
  // The one before the last twelve weeks does not count.
  await opened(1, 85);
  await opened(540);
  expect(writeReport(await report(), 'md')).toContain(
    '45 a week, at 45 minutes each 33.8 hours, or 99% of what one person',
  );
  await opened(12);
  expect((await report()).summary[1]).toMatch(
    /46 a week, .* 34\.5 hours\. One person takes 34 .* make it a team of 2 that owns NPS/,
  );
});

test('in the first weeks the load is that of the weeks since the first follow-up', async () => {
  expect((await report()).summary[1]).toMatch(/^No follow-up has been opened yet/);
  const row = { survey: 'nps', action: 'new_ticket', dueAt: daysAgo(2), endedAt: daysAgo(1) } as const;
  const opened = (n: number, days: number) =>
    database.db
      .insert(followUps)
      .values(Array.from({ length: n }, (_, id) => ({ ...row, openedAt: daysAgo(days), requesterId: id })));
  await opened(3, 6);
  expect((await report()).summary[1]).toBe(
    '3 follow-ups since the first, less than a week ago: too early to say whether they need a team.',
  );
  // 200 in two weeks: 100 × 45 minutes are 75 hours, 2.2 people; over twelve weeks it would be 12.5 hours.
  await opened(197, 14);
  expect((await report()).summary[1]).toMatch(
    /^Follow-ups of the last 2 weeks: 100 a week, at 45 minutes each 75 hours\. .* make it a team of 3 /,
  );
});
