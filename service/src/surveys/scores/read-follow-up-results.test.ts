// What became of follow-ups, and the next answer of each customer, from the database.
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { followUpAnswers, followUps } from '../follow-ups/tables.ts';
import { invitations, responses } from '../tables.ts';
import { readFollowUpResults } from './read-follow-up-results.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

const NOW = new Date('2026-11-28T13:00:00Z');
const QUERY = {
  survey: 'nps',
  from: new Date('2026-10-01T00:00:00Z'),
  to: new Date('2026-11-28T13:00:00Z'),
  timeZone: 'UTC',
} as const;

async function answered(requesterId: number, score: number, at: string): Promise<number> {
  const time = new Date(at);
  const one = { survey: 'nps', requesterId, dueAt: time, sentAt: time, cause: 'campaign', state: 'answered' } as const;
  const [made] = await database.db.insert(invitations).values(one).returning({ id: invitations.id });
  const invitationId = made?.id ?? 0;
  await database.db.insert(responses).values({ invitationId, score, answeredAt: time, changedAt: time });
  return invitationId;
}

async function followedUp(
  requesterId: number,
  answers: readonly number[],
  part: Partial<typeof followUps.$inferInsert>,
): Promise<void> {
  const openedAt = part.openedAt ?? new Date('2026-10-05T12:00:00Z');
  const dueAt = part.dueAt ?? new Date('2026-10-09T12:00:00Z');
  const [made] = await database.db
    .insert(followUps)
    .values({ requesterId, survey: 'nps', action: 'new_ticket', ...part, openedAt, dueAt })
    .returning({ id: followUps.id });
  await database.db
    .insert(followUpAnswers)
    .values(answers.map((invitationId) => ({ invitationId, followUpId: made?.id ?? 0, joinedAt: openedAt })));
}

const on = (day: string) => new Date(`2026-${day}T12:00:00Z`);

test('follow-ups are counted by when the customer was reached, by outcome and by cause', async () => {
  const bad = await Promise.all([1, 2, 3, 4, 5].map((customer) => answered(customer, 3, '2026-10-05T11:00:00Z')));
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bad;
  const ended = { state: 'closed', endedAt: on('10-20') } as const;
  await followedUp(1, [a], { ...ended, contactedAt: on('10-09'), outcome: 'resolved', rootCause: 'speed' });
  await followedUp(2, [b], { ...ended, contactedAt: on('10-10'), outcome: 'lost', rootCause: 'price' });
  await followedUp(3, [c], { ...ended, outcome: 'unreachable', rootCause: 'speed' });
  await followedUp(4, [d], { dueAt: on('11-30') });
  await followedUp(5, [e], {});
  // Of another survey, and opened before the period.
  await followedUp(6, [await answered(6, 3, '2026-09-01T11:00:00Z')], { openedAt: on('09-01') });
  await followedUp(7, [await answered(7, 3, '2026-10-05T11:00:00Z')], { survey: 'csat' });

  expect(await readFollowUpResults(database.db, QUERY, NOW)).toEqual({
    opened: 5,
    inTime: 1,
    late: 1,
    underWay: 1,
    outcomes: [
      { id: 'lost', n: 1 },
      { id: 'resolved', n: 1 },
      { id: 'unreachable', n: 1 },
    ],
    causes: [
      { id: 'speed', n: 2 },
      { id: 'price', n: 1 },
    ],
    next: [],
    // Nobody was asked whether they may be contacted.
    unhappy: { customers: 6, agreed: 0, toContact: 0 },
  });
});

test('of each customer the next answer after a bad one counts once, contacted if it was before it', async () => {
  // Contacted in between; contacted after it; never; no bad answer before; a good one in between; a bad one too long ago.
  await answered(1, 9, '2026-11-01T12:00:00Z');
  const late = await answered(20, 2, '2026-10-02T12:00:00Z');
  await answered(20, 4, '2026-10-20T12:00:00Z');
  await followedUp(20, [late], { contactedAt: on('10-25'), state: 'contacted' });
  await answered(3, 8, '2026-11-02T12:00:00Z');
  await answered(21, 10, '2026-11-02T12:00:00Z');
  await answered(22, 0, '2026-10-02T12:00:00Z');
  await answered(22, 9, '2026-10-10T12:00:00Z');
  await answered(22, 10, '2026-11-10T12:00:00Z');
  await answered(23, 0, '2025-09-30T12:00:00Z');
  await answered(23, 10, '2026-11-10T12:00:00Z');

  const { next } = await readFollowUpResults(database.db, QUERY, NOW);
  expect(next.toSorted((one, other) => one.score - other.score || one.before - other.before)).toEqual([
    { contacted: false, before: 2, score: 4, n: 1 },
    { contacted: false, before: 3, score: 8, n: 1 },
    { contacted: false, before: 0, score: 9, n: 1 },
    { contacted: true, before: 3, score: 9, n: 1 },
  ]);
});
