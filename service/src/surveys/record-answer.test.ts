import { asc, eq, sql } from 'drizzle-orm';
import { silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { outbox } from '../platform/outbox/tables.ts';
import { tickets } from '../tickets/tables.ts';
import type { TicketChange } from '../tickets/write/ticket-change.ts';
import { listFailedAnswers, retryFailedAnswers } from './answers/failed-answers.ts';
import { putSavedAnswers } from './answers/put-saved-answers.ts';
import { pruneSurveys } from './erasing.ts';
import { type Answer, recordAnswer } from './record-answer.ts';
import { hashSurveyToken } from './survey-links.ts';
import { invitations, responses, surveySubmissions } from './tables.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from './testing/survey-fixtures.ts';
import { byAPerson, withoutScript } from './testing/survey-visits.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => database.clear());

const DAY = 86_400_000;
const tokenHash = hashSurveyToken('the-token');
const SENT = {
  ticketId: 7,
  state: 'sent',
  tokenHash,
  sentAt: MONDAY_NOON,
  expiresAt: new Date(MONDAY_NOON.getTime() + 14 * DAY),
} as const;
const givenSent = async (parts: Partial<Parameters<typeof givenInvitation>[1]> = {}) => {
  await givenTicket(database.db, { id: 7 });
  return givenInvitation(database.db, { ...SENT, ...parts });
};
const answer = (parts: Partial<Answer> = {}) =>
  recordAnswer(
    { db: database.db, logger: silentLogger },
    {
      ...byAPerson(),
      tokenHash,
      score: 4,
      comment: '',
      policy: aPolicy(),
      now: MONDAY_NOON,
      ...parts,
    },
  );
async function effects() {
  const rows = await database.db.select().from(outbox).orderBy(asc(outbox.id));
  return rows.map(({ key, ticketId, payload }) => ({
    key,
    ticketId,
    ...(payload as { cause: string; change: TicketChange }),
  }));
}

test('an answer is stored and written to the ticket as a tag and an internal note', async () => {
  const { id } = await givenSent();
  await expect(answer({ comment: 'Quick and kind.' })).resolves.toEqual({ outcome: 'recorded' });

  await expect(database.db.select().from(responses)).resolves.toMatchObject([
    { invitationId: id, score: 4, comment: 'Quick and kind.', revision: 1, answeredAt: MONDAY_NOON },
  ]);
  await expect(database.db.select().from(invitations)).resolves.toMatchObject([{ state: 'answered' }]);
  await expect(effects()).resolves.toEqual([
    {
      key: expect.stringMatching(`^answer:${id}:\\d+:1$`),
      ticketId: 7,
      cause: 'answer',
      change: {
        addTags: ['csat__4'],
        removeTags: ['csat__1', 'csat__2', 'csat__3', 'csat__5'],
        note: expect.stringMatching(/CSAT\): 4 of 5, Happy[\s\S]*Quick and kind\./),
      },
    },
  ]);
});

test('the note has the question that the customer was asked, under the name and the brand of the mail', async () => {
  const asking = (question: string) => ({ texts: { en: { csat: { question } } } });
  const page = { ask_to_contact: true, brand: 'Polar', ...asking('How was {company}?') };
  const kids = { brand: 'Polar Kids', name: 'Kids', sender: {}, ...asking('Did {company} help?') };
  const policy = aPolicy({ page, brands: [kids] });
  await givenSent();
  await answer({ policy });
  await database.db.update(invitations).set({ brand: 'Polar Kids' });
  await answer({ policy, score: 5 });
  const notes = (await effects()).map(({ change }) => change.note);
  expect(notes).toEqual([
    expect.stringContaining('Asked: How was Polar?'),
    expect.stringContaining('Asked: Did Kids help?'),
  ]);
});

test('a changed answer is a new revision, and its note and tag replace the former score', async () => {
  await givenSent({ survey: 'ces' });
  await answer({ score: 2 });
  await answer({ score: 6, now: new Date(MONDAY_NOON.getTime() + DAY) });

  await expect(database.db.select().from(responses)).resolves.toMatchObject([
    { score: 6, revision: 2, answeredAt: MONDAY_NOON, changedAt: new Date(MONDAY_NOON.getTime() + DAY) },
  ]);
  const [, changed] = await effects();
  expect(changed).toMatchObject({ key: expect.stringMatching(/:2$/), change: { addTags: ['ces__6'] } });
  expect(changed?.change.removeTags).toContain('ces__2');
  expect(changed?.change.note).toContain('6 of 7, Agree');
  expect(changed?.change.note).toContain('Before: 2 of 7, Disagree');
});

test('the same answer sent twice, even at the same moment, is recorded once', async () => {
  await givenSent();
  const outcomes = await Promise.all([answer(), answer(), answer()]);
  expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['recorded', 'unchanged', 'unchanged']);
  await expect(effects()).resolves.toHaveLength(1);
});

test('two different answers at the same moment are recorded one after the other', async () => {
  await givenSent();
  await Promise.all([answer({ score: 1 }), answer({ score: 5 })]);
  expect((await effects()).map(({ key }) => key.split(':').at(-1))).toEqual(['1', '2']);
  await expect(database.db.select().from(responses)).resolves.toMatchObject([{ revision: 2 }]);
});

test('after the link expired nothing is written', async () => {
  await givenSent();
  const now = new Date(MONDAY_NOON.getTime() + 14 * DAY);
  await expect(answer({ now })).resolves.toEqual({ outcome: 'closed' });
  await expect(effects()).resolves.toEqual([]);
});

test('an answer to a mail in doubt proves that it arrived', async () => {
  await givenSent({ state: 'parked', reason: 'mail_in_doubt' });
  await expect(answer()).resolves.toEqual({ outcome: 'recorded' });
  await expect(database.db.select().from(invitations)).resolves.toMatchObject([{ state: 'answered', reason: null }]);
});

test('on a ticket that accepts no more changes the answer is stored here only', async () => {
  await givenSent();
  await database.db.update(tickets).set({ status: 'closed' }).where(eq(tickets.id, 7));
  await expect(answer()).resolves.toEqual({ outcome: 'recorded' });
  await expect(database.db.select().from(responses)).resolves.toHaveLength(1);
  await expect(effects()).resolves.toEqual([]);
});

test('placeholders in a comment are not expanded by Zendesk', async () => {
  await givenSent();
  await answer({ comment: 'I am {{ticket.requester.phone}} {% if x %}{{{y}}}' });
  const [wish] = await effects();
  expect(wish?.change.note).not.toMatch(/\{\{|\{%/);
  expect(wish?.change.note).toContain('ticket.requester.phone');
});

test('ticked drivers and the consent to be contacted are in the note, and drivers are tags', async () => {
  await givenSent();
  const page = { ask_to_contact: true, drivers: [{ id: 'price', name: { en: 'The price', es: 'El precio' } }] };
  const policy = aPolicy({ page });
  await answer({ policy, drivers: ['price'], mayContact: true });
  await answer({ policy, drivers: [], now: new Date(MONDAY_NOON.getTime() + DAY) });
  const [first, second] = await effects();
  expect(first?.change.addTags).toEqual(['csat__4', 'driver__price']);
  expect(first?.change.note).toContain('What mattered most: The price\nThe customer may be contacted');
  expect(second?.change.removeTags).toContain('driver__price');
});

test('what is saved on the way is put on the ticket once, when the customer has gone', async () => {
  await givenSent();
  const saved = (step: number, comment: string) =>
    answer({ ...byAPerson({ form: 'aaaaaaaaaaaaaaaa', step, final: false }), comment });
  await saved(1, 'It was');
  await saved(2, 'It was slow');
  expect(await effects()).toEqual([]);
  const after = (minutes: number) => new Date(MONDAY_NOON.getTime() + minutes * 60_000);
  for (const minutes of [5, 11, 12]) {
    await putSavedAnswers(database.db, aPolicy(), after(minutes));
    expect(await effects()).toHaveLength(minutes < 11 ? 0 : 1);
  }
  expect((await effects()).map(({ change }) => change.note)).toEqual([expect.stringContaining('It was slow')]);
});

test('a saved answer that fails keeps the others waiting no longer than its tries, is set aside for an operator, and retried', async () => {
  const form = { ...byAPerson({ form: 'aaaaaaaaaaaaaaaa', step: 1, final: false }) };
  const { id: odd } = await givenSent();
  await answer(form);
  const { db } = database;
  await givenTicket(db, { id: 8, requesterId: 502 });
  const expiresAt = new Date(MONDAY_NOON.getTime() + 14 * DAY);
  const other = { ticketId: 8, requesterId: 502, state: 'sent', sentAt: MONDAY_NOON, expiresAt } as const;
  await givenInvitation(db, { ...other, tokenHash: hashSurveyToken('another-token') });
  await answer({ ...form, tokenHash: hashSurveyToken('another-token'), comment: 'Fine' });
  await db.execute(sql`ALTER TABLE outbox ADD CONSTRAINT odd CHECK (ticket_id <> 7)`);
  const later = new Date(MONDAY_NOON.getTime() + 11 * 60_000);
  const onPut = jest.fn();
  try {
    for (let tries = 0; tries < 5; tries += 1)
      await expect(putSavedAnswers(db, aPolicy(), later, onPut)).rejects.toThrow('outbox');
    await putSavedAnswers(db, aPolicy(), later, onPut);
    expect((await effects()).map(({ ticketId }) => ticketId)).toEqual([8]);
    expect(onPut).toHaveBeenCalledTimes(1);
    await pruneSurveys(db, new Date(), new AbortController().signal);
    expect(await listFailedAnswers(db, 10)).toMatchObject([{ id: odd, ticketId: 7, reason: expect.any(String) }]);
  } finally {
    await db.execute(sql`ALTER TABLE outbox DROP CONSTRAINT odd`);
  }
  expect(await retryFailedAnswers(db, 'all')).toBe(1);
  await putSavedAnswers(db, aPolicy(), new Date(later.getTime() + 7 * DAY));
  expect((await effects()).map(({ ticketId }) => ticketId)).toEqual([8, 7]);
});

test('an answer that was set aside and then sent with the button is no longer listed as failed', async () => {
  await givenSent();
  const form = { ...byAPerson({ form: 'aaaaaaaaaaaaaaaa', step: 1, final: false }) };
  await answer(form);
  await database.db.update(responses).set({ failures: 5, failure: 'DatabaseError: odd' });
  expect(await listFailedAnswers(database.db, 10)).toHaveLength(1);
  await answer({ ...form, step: 2, final: true });
  expect(await effects()).toHaveLength(1);
  expect(await listFailedAnswers(database.db, 10)).toEqual([]);
  expect(await retryFailedAnswers(database.db, 'all')).toBe(0);
});

test('what a network sent before and cannot be judged anew keeps nobody from answering', async () => {
  const now = new Date(MONDAY_NOON.getTime() + DAY / 4);
  const fromGateway = withoutScript({ network: 'gateway' });
  for (const n of [1, 2, 3]) {
    const hash = hashSurveyToken(`token-${n}`);
    await givenTicket(database.db, { id: 20 + n });
    await givenInvitation(database.db, { ...SENT, ticketId: 20 + n, requesterId: 600 + n, tokenHash: hash });
    await answer({ ...fromGateway, tokenHash: hash, now });
  }
  await givenSent();
  await database.db.execute(sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN IF NEW.invitation_id <> (SELECT id FROM invitations WHERE ticket_id = 7) THEN RAISE EXCEPTION ''odd''; END IF; RETURN NEW; END'`);
  await database.db.execute(
    sql`CREATE TRIGGER refuse BEFORE UPDATE ON survey_submissions FOR EACH ROW EXECUTE FUNCTION refuse()`,
  );
  const warn = jest.fn();
  try {
    const given = { ...fromGateway, tokenHash, score: 4, comment: '', policy: aPolicy(), now };
    await recordAnswer({ db: database.db, logger: { warn } }, given);
  } finally {
    await database.db.execute(sql`DROP FUNCTION refuse CASCADE`);
  }
  expect(warn).toHaveBeenCalledTimes(1);
  expect(await database.db.$count(surveySubmissions)).toBe(4);
});
