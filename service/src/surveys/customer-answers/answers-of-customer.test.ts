import type { AnswersPage } from '@deskwright/shared/contract';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { readTicket } from '../../sidebar/card/read-ticket.ts';
import { anAgent, cardFixture, hoursAgo, ROBIN } from '../../sidebar/card/testing/card-fixture.ts';
import { hashAddress } from '../hash-address.ts';
import { answerImports, importedAnswers } from '../imports/tables.ts';
import { invitations, responses } from '../tables.ts';
import { answersCall } from './answers-call.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  await ticket();
});
afterAll(() => database.drop());
const { cardOf, ticket, person } = cardFixture(() => database);

async function given(score: number, hours: number): Promise<void> {
  const { db } = database;
  const at = hoursAgo(hours);
  const asked = { survey: 'nps', requesterId: ROBIN, state: 'answered', dueAt: at } as const;
  const [invitation] = await db.insert(invitations).values(asked).returning({ id: invitations.id });
  await db.insert(responses).values({ invitationId: invitation?.id ?? 0, score, answeredAt: at, changedAt: at });
}

async function imported(score: number, hours: number, part: Partial<typeof importedAnswers.$inferInsert>) {
  const { db } = database;
  const of = { source: 'typeform', survey: 'nps' } as const;
  const [file] = await db
    .insert(answerImports)
    .values({ ...of, file: 'nps.csv', added: 1, who: 'Ann', at: hoursAgo(1) })
    .returning({ id: answerImports.id });
  await db
    .insert(importedAnswers)
    .values({ ...of, importId: file?.id ?? 0, score, answeredAt: hoursAgo(hours), ...part });
}

const customerOf = async (sees: 'all' | 'groups' = 'all') => (await cardOf(42, { agent: anAgent({ sees }) }))?.customer;

async function page(number: number): Promise<AnswersPage> {
  const policy = { current: () => ({ policy: { surveys: {} } }) } as never;
  const call = answersCall({ db: database.db, policy });
  const found = await readTicket(database.db, 42);
  if (!found) throw new Error('no ticket');
  const answer = await call.answer({ ...found, agent: anAgent() }, { page: number });
  if (answer.kind === 'refused') throw new Error(answer.refusal.message);
  return answer.body as AnswersPage;
}

test('imported answers stand among the others, with their words, and say from where', async () => {
  await given(9, 20);
  await imported(3, 30, { requesterId: ROBIN, comment: 'Slow', source: 'simplesat' });
  await imported(8, 10, { requesterId: ROBIN });
  await imported(1, 5, { requesterId: 901 });
  const { answers, hasMoreAnswers } = await customerOf();
  expect(answers.map(({ score, comment, importedFrom }) => [score, comment, importedFrom])).toEqual([
    [8, '', 'typeform'],
    [9, '', null],
    [3, 'Slow', 'simplesat'],
  ]);
  expect(hasMoreAnswers).toBe(false);
});

test('those imported before Zendesk knew the customer are found by the address', async () => {
  await person(ROBIN, 'Robin Field', { email: 'Robin@Mail.test' });
  await imported(7, 10, { addressHash: hashAddress(' robin@mail.TEST') });
  await imported(6, 11, { addressHash: hashAddress('robin@mail.test'), requesterId: 901 });
  expect((await customerOf()).answers.map(({ score }) => score)).toEqual([7]);
});

test('those about a ticket that the agent may not see are not shown', async () => {
  await ticket({ id: 40, groupId: 999, assigneeId: null });
  await imported(7, 10, { requesterId: ROBIN, ticketId: 40 });
  await imported(6, 11, { requesterId: ROBIN, ticketId: 41 });
  await imported(5, 12, { requesterId: ROBIN });
  expect((await customerOf()).answers.map(({ score }) => score)).toEqual([7, 6, 5]);
  expect((await customerOf('groups')).answers.map(({ score }) => score)).toEqual([5]);
});

test('the card has the newest five, and pages have all', async () => {
  for (let n = 0; n < 21; n++) await (n % 2 === 0 ? given(n % 11, n) : imported(n % 11, n, { requesterId: ROBIN }));
  const { answers, hasMoreAnswers } = await customerOf();
  expect(answers.map(({ score }) => score)).toEqual([0, 1, 2, 3, 4]);
  expect(hasMoreAnswers).toBe(true);
  const first = await page(1);
  expect(first.answers.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, n) => hoursAgo(n).toISOString()));
  expect(first.hasMore).toBe(true);
  expect(await page(2)).toMatchObject({ answers: [{ at: hoursAgo(20).toISOString() }], hasMore: false });
});
