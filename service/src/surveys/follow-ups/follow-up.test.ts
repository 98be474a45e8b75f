import { asc, sql } from 'drizzle-orm';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { readHistory } from '../../history/testing/history-fixture.ts';
import { createOutbox } from '../../platform/outbox/outbox.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { TicketChange } from '../../tickets/write/ticket-change.ts';
import { createFakeZendesk, type FakeZendesk } from '../../zendesk/create-fake-zendesk.ts';
import { aZendeskTicket } from '../../zendesk/testing/a-zendesk-ticket.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { chooseSubmission } from '../answers/choose-submission.ts';
import { surveyErasing } from '../erasing.ts';
import { type Answer, recordAnswer } from '../record-answer.ts';
import { scheduleInvitation } from '../schedule-invitation.ts';
import { readAtRisk } from '../scores/read-at-risk.ts';
import { readFollowUpResults } from '../scores/read-follow-up-results.ts';
import { hashSurveyToken } from '../survey-links.ts';
import { invitations, surveySubmissions } from '../tables.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { byAPerson, withoutScript } from '../testing/survey-visits.ts';
import { followUpTicketHook } from './follow-up-hook.ts';
import { followUpTicketEffect } from './open-follow-up-ticket.ts';
import { remindOfFollowUps } from './remind-of-follow-ups.ts';
import { followUpAnswers, followUps } from './tables.ts';

let database: TestDatabase;
let zendesk: FakeZendesk;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => {
  zendesk = createFakeZendesk(() => MONDAY_NOON.getTime());
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const HOUR = 3_600_000;
const later = (hours: number): Date => new Date(MONDAY_NOON.getTime() + hours * HOUR);
const rule = { action: 'new_ticket' as const, due_in: '48bh', tags: [] as string[] };
const nps = { every: '90d', ask_again_after: '30d', expires: '14d', follow_up: rule };
const csat = { delay: '24h', sample: '100%', expires: '14d' };
let policy = aPolicy({ nps });
beforeEach(() => {
  policy = aPolicy({ nps });
});

type Asked = Omit<Partial<Parameters<typeof givenInvitation>[1]>, 'ticketId'> & { ticketId?: number };
/** A survey that was sent; `token` names it. */
async function givenAsked(token: string, { ticketId, ...parts }: Asked = {}) {
  const sent = {
    state: 'sent',
    tokenHash: hashSurveyToken(token),
    sentAt: MONDAY_NOON,
    expiresAt: later(400),
  } as const;
  const about = ticketId === undefined ? { solvedAt: null, category: null, cause: 'campaign' as const } : {};
  return givenInvitation(database.db, {
    survey: 'nps',
    ...sent,
    ...about,
    ...parts,
    ticketId: ticketId ?? null,
  } as never);
}
const answer = (token: string, score: number, parts: Partial<Answer> = {}) =>
  recordAnswer(
    { db: database.db, logger: silentLogger },
    {
      ...byAPerson(),
      tokenHash: hashSurveyToken(token),
      score,
      comment: '',
      policy,
      now: later(1),
      ...parts,
    },
  );
/** Of Zendesk; `settings` has the same by name. */
const BRANDS: Record<number, string> = { 1: 'Northwind', 2: 'Polar Kids', 3: 'Polar Kids' };
const perform = () =>
  createOutbox({
    db: database.db,
    kinds: [
      followUpTicketEffect({
        db: database.db,
        zendesk,
        directory: {
          groupId: (name) => ({ Care: 31 })[name] ?? null,
          nameOf: (_kind, id) => BRANDS[id ?? 0] ?? null,
          person: async () => ({ locale: 'de' }) as never,
          refresh: async () => undefined,
        },
        policy: () => policy,
        clock: () => later(1).getTime(),
      }),
    ],
    logger: silentLogger,
  }).perform();
const again = () =>
  database.db.execute(sql`UPDATE outbox SET due_at = now(), claimed_until = now() - interval '1 second'
    WHERE state IN ('waiting', 'in_flight')`);
const all = () => database.db.select().from(followUps).orderBy(asc(followUps.id));
async function changes() {
  const rows = await database.db.select().from(outbox).orderBy(asc(outbox.id));
  return rows
    .filter(({ kind }) => kind === 'ticket_change')
    .map(({ ticketId, payload }) => ({ ticketId, ...(payload as { change: TicketChange }).change }));
}

test('the ticket of a follow-up has the brand under which the customer was asked', async () => {
  const brands = [{ brand: 'Polar Kids', sender: {} }];
  policy = aPolicy({ nps, csat: { ...csat, follow_up: rule }, brands });
  await database.db.insert(settings).values({ key: 'brands', value: [['Polar Kids', 2]] });
  await givenAsked('a', { brand: 'Polar Kids' });
  await answer('a', 3);
  await perform();
  expect(zendesk.created.map(({ ticket }) => ticket)).toMatchObject([
    { subject: 'Ihre Antwort auf die Umfrage von Polar Kids', brand_id: 2 },
  ]);
});

test('a detractor gets one ticket: a task with an internal note, due in business hours, that no mail tells them of', async () => {
  policy = aPolicy({ nps: { ...nps, follow_up: { ...rule, group: 'Care', tags: ['detractor'] } } });
  await givenAsked('a');
  await answer('a', 3, { comment: 'Nobody answered.', drivers: ['speed'], mayContact: true });
  await perform();

  const [{ id, ticket } = {}] = zendesk.created;
  expect(zendesk.created).toHaveLength(1);
  expect(ticket).toMatchObject({
    subject: 'Ihre Antwort auf die Umfrage von Northwind Outdoor',
    requester_id: 501,
    type: 'task',
    // Noon on Monday, Thursday is a holiday: 4 hours of Monday, 8 of Tuesday, Wednesday, Friday, Monday, Tuesday, and 4.
    due_at: '2026-12-02T18:00:00.000Z',
    group_id: 31,
    tags: ['survey_follow_up', 'detractor'],
  });
  expect(ticket?.comment).toEqual({
    public: false,
    body: [
      'Please speak to this customer by 2 December 2026, 13:00 GMT-5, and record the outcome in the sidebar.',
      '',
      'Answer (NPS): 3 of 10 (detractor)',
      'What mattered most: How fast it went',
      'The customer may be contacted about this answer.',
      'Comment:',
      'Nobody answered.',
    ].join('\n'),
  });
  expect(await all()).toMatchObject([{ ticketId: id, state: 'open', ownerGroup: 'Care', requesterId: 501 }]);
  expect(await readHistory(database.db, [id ?? 0])).toMatchObject([{ kind: 'follow_up_opened', value: 'nps' }]);
});

test.each([
  [
    'does not agree to be contacted',
    false,
    ['Answer (NPS): 3 of 10 (detractor)', 'The customer did not agree to be contacted about this answer.'],
  ],
  ['was not asked', null, ['Answer (NPS): 3 of 10 (detractor)']],
])('the ticket says whether the customer may be contacted: one who %s', async (_, mayContact, lines) => {
  await givenAsked('a');
  await answer('a', 3, { mayContact });
  await perform();
  expect(zendesk.created[0]?.ticket.comment.body.split('\n').slice(2)).toEqual(lines);
});

test('the note of the answer on its own ticket says that the customer did not agree to be contacted', async () => {
  await givenTicket(database.db, { id: 7 });
  await givenAsked('a', { ticketId: 7, survey: 'csat' });
  await answer('a', 1, { mayContact: false });
  expect((await changes())[0]?.note).toMatch(/\nThe customer did not agree to be contacted about this answer\.$/);
});

test('without a word in the policy, and after a score above the limit, nothing happens', async () => {
  await givenAsked('a');
  await answer('a', 7);
  policy = aPolicy({ nps: { ...nps, follow_up: { ...rule, action: 'none' } } });
  await answer('a', 1);
  policy = aPolicy();
  await answer('a', 0);
  await perform();
  expect([await all(), zendesk.created]).toEqual([[], []]);
});

test('a second bad answer joins the open follow-up, also one that comes at the same moment', async () => {
  policy = aPolicy({ nps, csat: { ...csat, follow_up: rule } });
  await givenTicket(database.db, { id: 7 });
  const first = await givenAsked('a');
  const second = await givenAsked('b', { ticketId: 7, survey: 'csat' });
  await Promise.all([answer('a', 2), answer('b', 1)]);
  await perform();
  expect(zendesk.created).toHaveLength(1);
  const body = zendesk.created[0]?.ticket.comment.body;
  expect(body).toMatch(/\(NPS\): 2 of 10/);
  expect(body).toMatch(/\(CSAT about #7\): 1 of 5/);

  await givenAsked('c');
  await answer('c', 5, { comment: 'Still nothing.', now: later(9) });
  await perform();
  expect(zendesk.created).toHaveLength(1);
  const ticketId = zendesk.created[0]?.id;
  expect(await changes()).toContainEqual({
    ticketId,
    note: 'Answer (NPS): 5 of 10 (detractor)\nComment:\nStill nothing.',
  });
  expect(await all()).toMatchObject([{ state: 'open', endedAt: null }]);
  const joined = await database.db.select({ answer: followUpAnswers.invitationId }).from(followUpAnswers);
  expect(joined).toHaveLength(3);
  expect(joined.map(({ answer: id }) => id)).toEqual(expect.arrayContaining([first.id, second.id]));
});

test('the ticket says when the answer changes or proves to be a program’s, and stays open', async () => {
  await givenAsked('a');
  await answer('a', 3);
  await perform();
  await answer('a', 9, { now: later(5) });
  const ticketId = zendesk.created[0]?.id;
  expect(await changes()).toEqual([
    { ticketId, note: 'The customer changed an answer; now (NPS): 9 of 10 (promoter)' },
  ]);
  expect(await all()).toMatchObject([{ state: 'open' }]);
});

test('an answer that may be a machine’s opens none until an admin chooses it', async () => {
  await givenAsked('a');
  await answer('a', 2, withoutScript());
  await perform();
  expect(await all()).toEqual([]);
  const [submission] = await database.db.select().from(surveySubmissions);
  const chosen = { submissionId: submission?.id ?? 0, choice: 'use', who: 'ops', why: 'It is hers' } as const;
  await chooseSubmission(database.db, { ...chosen, policy, now: later(2) });
  await perform();
  expect(zendesk.created).toHaveLength(1);
});

test.each([
  [
    'Zendesk’s answer is lost',
    () => zendesk.faults.next('createTicket', new ZendeskError('unavailable', 'no answer', null), { when: 'after' }),
  ],
  ['the process dies before it is stored', () => undefined],
])('opens one ticket when %s', async (what, arrange) => {
  await givenAsked('a');
  await answer('a', 2);
  arrange();
  await perform();
  if (what.startsWith('the process')) {
    await database.db.execute(sql`UPDATE follow_ups SET ticket_id = NULL`);
    await database.db.execute(sql`UPDATE outbox SET state = 'in_flight', finished_at = NULL, unfinished = 1`);
  }
  // Joins while nobody knows whether the ticket is there.
  await givenAsked('b');
  await answer('b', 4, { now: later(2) });
  await again();
  await perform();
  const [{ id } = { id: 0 }] = zendesk.created;
  expect(zendesk.created).toHaveLength(1);
  expect(await all()).toMatchObject([{ ticketId: id }]);
  // Its first comment cannot tell of the answer that joined later.
  expect(await changes()).toEqual([{ ticketId: id, note: 'Answer (NPS): 4 of 10 (detractor)' }]);
});

test('a group that Zendesk lacks is taken from the policy as it was corrected', async () => {
  policy = aPolicy({ nps: { ...nps, follow_up: { ...rule, group: 'Caer' } } });
  await givenAsked('a');
  await answer('a', 2);
  await perform();
  expect(zendesk.created).toEqual([]);
  policy = aPolicy({ nps: { ...nps, follow_up: { ...rule, group: 'Care' } } });
  await again();
  await perform();
  expect(zendesk.created).toMatchObject([{ ticket: { group_id: 31 } }]);
  expect(await all()).toMatchObject([{ ownerGroup: 'Care' }]);
});

test('an answer that proves to be a program’s before there is a ticket does not keep the customer’s own from being followed up', async () => {
  await givenAsked('a');
  await answer('a', 0, withoutScript());
  const [scanned] = await database.db.select().from(surveySubmissions);
  const choice = { submissionId: scanned?.id ?? 0, who: 'ops', why: 'Seen in the log' } as const;
  await chooseSubmission(database.db, { ...choice, choice: 'use', policy, now: later(1) });
  await database.db.execute(sql`UPDATE survey_submissions SET verdict = 'machine', agent = ''`);
  await chooseSubmission(database.db, { ...choice, choice: 'release', policy, now: later(1) });
  await perform();
  expect(await all()).toMatchObject([{ state: 'expired', ticketId: null }]);
  await answer('a', 2, { now: later(2) });
  await perform();
  expect(zendesk.created).toHaveLength(1);
  expect(await all()).toMatchObject([{ state: 'expired' }, { state: 'open', ticketId: zendesk.created[0]?.id }]);
});

test('when Zendesk refuses the ticket, the customer’s next bad answer opens it', async () => {
  await givenAsked('a');
  await answer('a', 2);
  zendesk.faults.next('createTicket', new ZendeskError('rejected', 'assignee is invalid', 422));
  await perform();
  expect(await database.db.select({ state: outbox.state }).from(outbox)).toEqual([{ state: 'parked' }]);
  await givenAsked('b');
  await answer('b', 1, { now: later(2) });
  await perform();
  expect(zendesk.created).toHaveLength(1);
  expect(zendesk.created[0]?.ticket.comment.body).toMatch(/2 of 10[^]*1 of 10/);
  expect(await all()).toMatchObject([{ ticketId: zendesk.created[0]?.id, state: 'open' }]);
});

test.each([
  ['one that a program gave in the customer’s name', 0, {}],
  ['one that says the same as before', 2, { comment: '' }],
])('a bad answer after its follow-up was solved is followed up anew: %s', async (_what, before, parts) => {
  await givenAsked('a');
  await answer('a', before);
  await perform();
  await database.db.update(followUps).set({ state: 'expired', endedAt: later(3) });
  await answer('a', before, { now: later(2) });
  expect(await all()).toHaveLength(1);
  await answer('a', 2, { ...byAPerson(), now: later(30), ...parts });
  await perform();
  expect(zendesk.created).toHaveLength(2);
  expect(await all()).toMatchObject([{ state: 'expired' }, { state: 'open', ticketId: zendesk.created[1]?.id }]);
  await answer('a', 9, { now: later(31) });
  expect(await all()).toHaveLength(2);
});

test('a bad answer after the customer was reached starts the clock again on the same ticket, and the contact counts for the answer before only', async () => {
  await givenAsked('a', { recipient: 'ana@example.com' });
  await answer('a', 3);
  await perform();
  const ticketId = zendesk.created[0]?.id ?? 0;
  await givenTicket(database.db, { id: ticketId, status: 'open', solvedAt: null });
  await database.db.update(followUps).set({ state: 'contacted', contactedAt: later(3), outcome: 'reached' });
  await givenAsked('b', { recipient: 'ana@example.com' });
  await answer('b', 0, { now: later(240), comment: 'Nothing happened.' });
  await perform();
  expect(zendesk.created).toHaveLength(1);
  expect(await all()).toMatchObject([
    { state: 'closed', ticketId, contactedAt: later(3), outcome: 'reached', endedAt: later(240) },
    { state: 'open', ticketId, contactedAt: null, outcome: null, openedAt: later(240), reminded: 0 },
  ]);
  expect(await changes()).toEqual([
    {
      ticketId,
      note: expect.stringMatching(/^The customer is unhappy again, .*\n\nPlease speak .*\n\nAnswer \(NPS\): 0 of 10/),
    },
  ]);
  const opened = await readHistory(database.db, [ticketId]);
  expect(opened.map(({ kind }) => kind)).toEqual(['follow_up_opened', 'follow_up_opened']);
  await remindOfFollowUps(database.db, policy, later(748));
  expect((await changes()).at(-1)).toMatchObject({ ticketId, note: expect.stringMatching(/^Overdue/) });
  expect(await readAtRisk(database.db, later(748))).toMatchObject([{ score: 0, followUp: 'overdue', ticketId }]);

  await givenAsked('c');
  await answer('c', 9, { now: later(360) });
  const nextOf = async (from: number, to: number) => {
    const query = { survey: 'nps', from: later(from), to: later(to), timeZone: 'UTC' } as const;
    return (await readFollowUpResults(database.db, query, later(to))).next;
  };
  expect(await nextOf(200, 300)).toEqual([{ contacted: true, before: 3, score: 0, n: 1 }]);
  expect(await nextOf(350, 370)).toEqual([{ contacted: false, before: 0, score: 9, n: 1 }]);
});

test('an answer that the customer makes worse after they were reached is followed up anew, one that gets better is only told', async () => {
  await givenAsked('a');
  await answer('a', 3);
  await perform();
  await database.db.update(followUps).set({ state: 'contacted', contactedAt: later(3) });
  await answer('a', 9, { now: later(5) });
  expect(await all()).toMatchObject([{ state: 'contacted' }]);
  expect(await changes()).toMatchObject([{ note: expect.stringMatching(/now \(NPS\): 9 of 10/) }]);
  await answer('a', 1, { now: later(6) });
  expect(await all()).toMatchObject([{ state: 'closed' }, { state: 'open', contactedAt: null }]);
});

test('of two customers who are merged, the follow-up stays whose customer nobody has reached', async () => {
  await givenAsked('a');
  await answer('a', 2);
  await givenAsked('b', { requesterId: 502 });
  await answer('b', 4, { now: later(2) });
  await perform();
  await database.db.execute(
    sql`UPDATE follow_ups SET state = 'contacted', contacted_at = now() WHERE requester_id = 501`,
  );
  await database.db.transaction((tx) => surveyErasing.onMergeCustomers(tx, { from: 502, into: 501 }));
  expect(await all()).toMatchObject([
    { state: 'closed', requesterId: 501 },
    { state: 'open', requesterId: 501, endedAt: null },
  ]);
});

test('a closed ticket is told of no change', async () => {
  await givenAsked('a');
  await answer('a', 3);
  await perform();
  await givenTicket(database.db, { id: zendesk.created[0]?.id ?? 0, status: 'closed' });
  await answer('a', 9, { now: later(5) });
  expect(await changes()).toEqual([]);
});

test('an answer that proves to be the customer’s while it is saved on the way is followed up', async () => {
  await givenAsked('a');
  await answer('a', 2, withoutScript());
  expect(await all()).toEqual([]);
  await answer('a', 2, { now: later(2), final: false });
  await perform();
  expect(zendesk.created).toHaveLength(1);
});

test('when two customers are merged, an answer whose follow-up has no ticket yet joins that of the other', async () => {
  await givenAsked('a');
  await answer('a', 2);
  await perform();
  await givenAsked('b', { requesterId: 502 });
  await answer('b', 4, { now: later(2) });
  await database.db.transaction((tx) => surveyErasing.onMergeCustomers(tx, { from: 502, into: 501 }));
  await perform();
  const [{ id: ticketId } = {}] = zendesk.created;
  expect(zendesk.created).toHaveLength(1);
  expect(await changes()).toEqual([{ ticketId, note: 'Answer (NPS): 4 of 10 (detractor)' }]);
  expect(await all()).toMatchObject([
    { state: 'open', ticketId, requesterId: 501 },
    { state: 'expired', ticketId: null, requesterId: 501 },
  ]);
});

test.each([
  ['ends with a note on its ticket', 'open', 1],
  ['ends without one if its ticket is closed', 'closed', 0],
] as const)('the follow-up of a customer who is forgotten %s, and nobody is reminded', async (_, status, notes) => {
  await givenAsked('a', { recipient: 'ana@example.com' });
  await answer('a', 3);
  await perform();
  const ticketId = zendesk.created[0]?.id ?? 0;
  await givenTicket(database.db, { id: ticketId, status });
  await database.db.transaction((tx) =>
    surveyErasing.onEraseCustomers(tx, { ids: [501], addresses: ['ana@example.com'], now: later(2) }),
  );
  await remindOfFollowUps(database.db, policy, later(720));
  expect(await all()).toMatchObject([{ state: 'expired', endedAt: later(2), reminded: 0 }]);
  const note = 'What this follow-up is about was erased. Nobody needs to speak to this customer: it has ended.';
  expect(await changes()).toEqual(Array.from({ length: notes }, () => ({ ticketId, note })));
});

test('a follow-up whose ticket is erased ends, and one of an answer about that ticket stays', async () => {
  await givenTicket(database.db, { id: 7 });
  await givenAsked('a', { ticketId: 7 });
  await answer('a', 3);
  await perform();
  const ticketId = zendesk.created[0]?.id ?? 0;
  const erase = (id: number) =>
    database.db.transaction((tx) => surveyErasing.onEraseTickets(tx, { ids: [id], now: later(2), gone: false }));
  await erase(7);
  expect(await all()).toMatchObject([{ state: 'open' }]);
  await erase(ticketId);
  expect(await all()).toMatchObject([{ state: 'expired', endedAt: later(2) }]);
});

test('a follow-up whose ticket is merged into another before anybody reached the customer goes on with another ticket', async () => {
  await givenAsked('a', { recipient: 'ana@example.com' });
  await answer('a', 3);
  await perform();
  const mergeTicket = async (id: number) => {
    const after = { id, gone: 'merged' };
    await database.db.transaction(async (tx) =>
      followUpTicketHook.onChange?.(tx, { before: null, after, solved: true, now: later(2) } as never),
    );
  };
  await mergeTicket(zendesk.created[0]?.id ?? 0);
  expect(await all()).toMatchObject([{ state: 'open', ticketId: null, endedAt: null }]);
  await perform();
  expect(zendesk.created).toHaveLength(2);
  expect(zendesk.created[1]?.ticket.comment.body).toMatch(/^Please speak [^]*3 of 10/);
  const ticketId = zendesk.created[1]?.id ?? 0;
  expect(await all()).toMatchObject([{ state: 'open', ticketId }]);
  await database.db.update(followUps).set({ state: 'contacted', contactedAt: later(1) });
  await mergeTicket(ticketId);
  expect(await all()).toMatchObject([{ state: 'closed', ticketId }]);
});

test.each([
  ['improved', 'open', () => answer('a', 10, { now: later(2) })],
  [
    'proved to be a program’s',
    'expired',
    async () => {
      await database.db.execute(sql`UPDATE survey_submissions SET verdict = 'machine', agent = ''`);
      const [submission] = await database.db.select().from(surveySubmissions);
      const choice = { submissionId: submission?.id ?? 0, choice: 'release', who: 'ops', why: 'Seen' } as const;
      await chooseSubmission(database.db, { ...choice, policy, now: later(2) });
    },
  ],
])('nobody is reminded of a customer whose only bad answer %s', async (_, state, change) => {
  await givenAsked('a');
  await answer('a', 3);
  await perform();
  const ticketId = zendesk.created[0]?.id ?? 0;
  await change();
  expect(await all()).toMatchObject([{ state, ticketId }]);
  const told = await changes();
  expect(told).toHaveLength(1);
  await remindOfFollowUps(database.db, policy, later(240));
  expect(await changes()).toEqual(told);
  expect(await all()).toMatchObject([{ reminded: 0 }]);
  if (state === 'expired') return;
  await answer('a', 2, { now: later(241) });
  await remindOfFollowUps(database.db, policy, later(242));
  expect((await changes()).at(-1)).toMatchObject({ note: expect.stringMatching(/^Overdue/) });
});

test('reopens the ticket that the answer is about, with the reason', async () => {
  policy = aPolicy({ csat: { ...csat, follow_up: { ...rule, action: 'reopen', group: 'Care' } } });
  await givenTicket(database.db, { id: 7 });
  zendesk.account.tickets.set(7, aZendeskTicket({ id: 7, status: 'solved' }));
  await givenAsked('a', { ticketId: 7, survey: 'csat' });
  await answer('a', 1);
  await perform();
  expect(zendesk.created).toEqual([]);
  expect((await changes()).at(-1)).toMatchObject({ ticketId: 7, reopen: true, groupId: 31, note: expect.any(String) });
  expect(await all()).toMatchObject([{ ticketId: 7, action: 'reopen' }]);
});

test('a ticket that is closed by then gets a follow-up ticket', async () => {
  policy = aPolicy({ csat: { ...csat, follow_up: { ...rule, action: 'reopen' } } });
  await givenTicket(database.db, { id: 7 });
  zendesk.account.tickets.set(7, aZendeskTicket({ id: 7, status: 'closed' }));
  await givenAsked('a', { ticketId: 7, survey: 'csat' });
  await answer('a', 1);
  await perform();
  expect(zendesk.created).toMatchObject([{ ticket: { via_followup_source_id: 7 } }]);
});

test.each([
  ['the brand under which the customer was asked, which the ticket has', 'Polar Kids', 2, 2],
  ['the same, where two brands have its name', 'Polar Kids', 3, 3],
  ['the same, although the ticket was moved to another brand', 'Polar Kids', 1, 2],
  ['the brand of the ticket, where that one was renamed in Zendesk', 'Polar Minis', 2, 2],
  ['no brand, where that one was deleted in Zendesk', 'Polar Minis', 9, undefined],
  ['no brand, where the customer was asked under none', null, 2, undefined],
])('the ticket of a follow-up has %s', async (_, brand, ofTicket, expected) => {
  policy = aPolicy({ csat: { ...csat, follow_up: rule } });
  const byName = Object.entries(BRANDS).toReversed();
  await database.db.insert(settings).values({ key: 'brands', value: byName.map(([id, name]) => [name, Number(id)]) });
  await givenTicket(database.db, { id: 7 });
  zendesk.account.tickets.set(7, aZendeskTicket({ id: 7, brand_id: ofTicket }));
  await givenAsked('a', { ticketId: 7, survey: 'csat', brand });
  await answer('a', 1);
  await perform();
  expect(zendesk.created.map(({ ticket }) => ticket.brand_id)).toEqual([expected]);
});

test('nobody is asked about the ticket of a follow-up', async () => {
  await givenAsked('a');
  await answer('a', 2);
  await perform();
  const solve = { solvedAt: later(30), survey: 'csat', category: 'other', requesterId: 501, agentId: null } as const;
  const ticketId = zendesk.created[0]?.id ?? 0;
  await scheduleInvitation(database.db, { ...solve, ticketId, policy: aPolicy(), now: later(30) });
  expect((await database.db.select().from(invitations)).at(-1)).toMatchObject({ reason: 'follow_up', ticketId });
});
