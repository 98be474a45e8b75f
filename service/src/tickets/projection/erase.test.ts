// Checks that words, names and addresses are erased from every table and do not come back.
import { sql } from 'drizzle-orm';
import { aTicketRow } from '../../../testing/builders.ts';
import { tablesWith as findTables } from '../../../testing/tables-with.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { erasingHooks } from '../../app/features.ts';
import { people } from '../../directory/tables.ts';
import { ticketSkips } from '../../history/tables.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { evidenceTicks } from '../../refunds/disputes/tables.ts';
import { foundPayments, paymentRefunds, refundApprovals, refunds } from '../../refunds/tables.ts';
import { escalations } from '../../sidebar/tables.ts';
import { followUps } from '../../surveys/follow-ups/tables.ts';
import { hashAddress } from '../../surveys/hash-address.ts';
import { answerImports, importedAnswers } from '../../surveys/imports/tables.ts';
import {
  invitations,
  responses,
  surveyChoices,
  surveyOpenings,
  surveySubmissions,
  unsubscribed,
} from '../../surveys/tables.ts';
import { toolRuns } from '../../tools/tables.ts';
import { comments, decisions, dueDecisions, inbox, tickets } from '../tables.ts';
import { erasePerson } from './erase-person.ts';
import { eraseTickets } from './erase-tickets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const hooks = erasingHooks();
const NOW = new Date('2026-11-20T12:00:00Z');
const ROBIN = 900;
const ADDRESS = 'robin.secret@customers.test';

/** Every place where something of a ticket and its customer is stored; each holds the word "secret". */
async function givenEverything(ticketId: number, requesterId = ROBIN, address = ADDRESS): Promise<void> {
  const { db } = database;
  await db.insert(tickets).values(
    aTicketRow({
      id: ticketId,
      requesterId,
      subject: 'secret subject',
      description: 'secret description',
      customFields: { 17: 'secret field' },
      tags: ['secret_tag', 'category__refunds', 'tier__t1'],
      status: 'open',
      category: 'refunds',
    }),
  );
  const said = { ticketId, createdAt: NOW, public: true } as const;
  await db.insert(comments).values([
    { ...said, id: ticketId * 10, authorId: requesterId, author: 'customer', body: 'secret words' },
    { ...said, id: ticketId * 10 + 1, authorId: 2, author: 'agent', body: 'secret answer' },
  ]);
  const event = { batch: 1, type: 'ticket.comment_added', ticketId, body: { event: { comment: { body: 'secret' } } } };
  await db.insert(inbox).values([
    { ...event, state: 'decided', outcome: 'acted' },
    { ...event, state: 'waiting' },
    { ...event, state: 'parked', error: 'secret cause' },
  ]);
  const trace = { field: 'text', operator: 'includes_any', wanted: ['money'], saw: ['secret'], held: true };
  const reason = { by: 'trigger', triggerId: 'money', title: 'Money back', conditions: [trace] } as const;
  const decision = {
    category: { value: 'refunds', reason },
    nearestMiss: { triggerId: 'x', title: 'X', missedBy: [trace] },
  };
  await db.insert(decisions).values({
    ticketId,
    trigger: 'ticket.created',
    policyHash: 'hash',
    decidedAt: NOW,
    outcome: 'acted',
    category: 'refunds',
    tier: 't1',
    decision: decision as never,
    sentence: 'the text says “secret”',
  });
  const effect = { kind: 'ticket_change', ticketId, payload: { note: 'secret note' } };
  for (const state of ['waiting', 'in_flight', 'done', 'parked', 'cancelled'] as const)
    await db.insert(outbox).values({ ...effect, key: `${ticketId}:${state}`, state, lastError: 'secret' });
  const asked = { ticketId, survey: 'csat', category: 'refunds', requesterId, dueAt: NOW, recipient: address } as const;
  const [answered] = await db
    .insert(invitations)
    .values([
      { ...asked, solvedAt: NOW, state: 'answered', detail: 'secret detail', expiresAt: new Date('2027-01-01') },
      { ...asked, solvedAt: new Date(0), state: 'scheduled' },
    ])
    .returning({ id: invitations.id });
  const answer = { invitationId: answered?.id ?? 0, score: 4, comment: 'secret comment' };
  await db.insert(responses).values({ ...answer, answeredAt: NOW, changedAt: NOW });
  const visit = {
    invitationId: answer.invitationId,
    at: NOW,
    form: 'secret form',
    network: 'secret network',
    agent: 'secret agent',
  };
  const seen = { agentKind: 'browser', unlikeBrowser: false, gesture: true, signals: null, trapFilled: false } as const;
  const sent = { ...visit, ...answer, userAgent: 'secret phone', final: true, seen, used: true } as const;
  await db.insert(surveySubmissions).values({ ...sent, verdict: 'human', points: 3, reasons: ['own_words'] });
  await db.insert(surveyOpenings).values({ ...visit, page: 'form' });
  await db.insert(surveyChoices).values({ invitationId: answer.invitationId, at: NOW, who: 'ana', why: 'secret why' });
  const [imported] = await db
    .insert(answerImports)
    .values({ source: 'typeform', survey: 'nps', file: 'nps.csv', added: 2, who: 'ana', at: NOW })
    .returning({ id: answerImports.id });
  const given = { importId: imported?.id ?? 0, source: 'typeform', survey: 'nps', score: 3, answeredAt: NOW } as const;
  await db.insert(importedAnswers).values({ ...given, comment: 'secret comment', ticketId, requesterId });
  const followUp = { survey: 'csat', action: 'new_ticket', openedAt: NOW, dueAt: NOW, note: 'secret note' } as const;
  await db
    .insert(followUps)
    .values({ ...followUp, requesterId, sourceTicketId: ticketId, state: 'closed', endedAt: NOW });
  await db.insert(escalations).values({
    ticketId,
    requestId: `form-${ticketId}`,
    agentId: 2,
    kind: 'tier',
    target: 't2',
    said: [{ label: 'Summary', text: 'secret summary' }],
  });
  await db.insert(refunds).values({
    ticketId,
    agentId: 2,
    amountMinor: 1250,
    currency: 'USD',
    state: 'granted',
    grantedAt: NOW,
    requestId: `refund-${ticketId}`,
    reason: 'secret reason',
  });
  const run = { ticketId, requesterId, agentId: 2, toolId: 'cancel', kind: 'write', state: 'asked' } as const;
  await db.insert(toolRuns).values({ ...run, inputs: { account: 'secret account' }, askedAt: NOW });
  const instrument = { kind: 'card', brand: 'visa', last4: '4242' };
  const charge = {
    ticketId,
    payment: 'stripe:ch_1',
    amountMinor: 900,
    currency: 'USD',
    instrument,
    matchedBy: 'email',
  } as const;
  await db.insert(foundPayments).values({
    ...charge,
    refundedMinor: 0,
    paidAt: NOW,
    isDisputed: true,
    disputeId: 'dp_1',
    disputeReason: 'fraudulent',
    readAt: NOW,
  });
  await db
    .insert(evidenceTicks)
    .values({ ticketId, payment: charge.payment, evidence: 'x', dispute: 'dp_1', agentId: 2, doneAt: NOW });
  const refund = { requestId: `payment-${ticketId}`, agentId: 2, reason: 'secret reason', startedAt: NOW } as const;
  await db.insert(paymentRefunds).values({ ...charge, ...refund, state: 'succeeded' });
  await db.insert(refundApprovals).values({
    ticketId,
    agentId: 2,
    amountMinor: 9900,
    currency: 'USD',
    requestId: `approval-${ticketId}`,
    rule: 'per_refund',
    state: 'declined',
    reason: 'secret wish',
    answer: 'secret answer',
    askedAt: NOW,
    expiresAt: NOW,
  });
  await db.insert(ticketSkips).values({ id: ticketId, ticketId, agentId: 2, at: NOW, reason: 'secret skip' });
  await db.insert(dueDecisions).values({ ticketId, dueAt: NOW });
}

const tablesWith = (word: string) => findTables(database.db, word);

const erase = (ids: number[], gone = true) =>
  database.db.transaction((tx) => eraseTickets(tx, { ids, now: NOW, gone, hooks }));
const forget = (id: number | null, email: string | null) =>
  database.db.transaction((tx) => erasePerson(tx, { id, email, now: NOW, hooks }));

/**
 * Columns of text that hold nothing of a customer: words of the policy, of Zendesk's admins, of ours, numbers and states. Whoever adds a column that
 * can hold customers' words fills it in `givenEverything`, so that the tests below see it erased. What agents write in the pulse is
 * stored so that nobody finds whose it is, or about whom.
 */
const HOLDS_NO_WORDS = `
drizzle.__drizzle_migrations.hash agent_standings.standing decisions.trigger decisions.policy_hash decisions.outcome decisions.category decisions.tier decisions.priority decisions.survey
survey_openings.page survey_submissions.drivers survey_submissions.seen survey_submissions.verdict survey_submissions.reasons survey_choices.who responses.drivers
invitations.cause invitations.survey invitations.category invitations.tier invitations.channel invitations.state invitations.reason invitations.token_hash invitations.reminder invitations.reminder_reason campaigns.ended_because survey_switches.did survey_switches.who survey_switches.why invitations.reminder_token_hash invitations.locale invitations.brand view_checks.title view_checks.state view_checks.message
view_overrules.title view_overrules.found view_overrules.wanted view_overrules.overruled settings.key settings.value refunds.currency refunds.state refunds.request_id refunds.reason_code guidance_ticks.step_id
category_corrections.before category_corrections.to_category category_corrections.to_tier escalations.request_id escalations.kind escalations.from_tier escalations.target
outbox.kind outbox.key outbox.coalesce_key outbox.state outbox.zendesk_job_id write_budget.name write_budget.stopped_because odd_records.kind odd_records.record_id odd_records.reason
people.role people.locale people.time_zone inbox.invocation_id inbox.envelope_id inbox.type inbox.state inbox.outcome inbox.held_by wall_links.name wall_links.shows wall_links.token_hash
tickets.status tickets.priority tickets.type tickets.via tickets.gone tickets.category tickets.tier tickets.placed_by tickets.wanted tickets.policy_hash
comments.author comments.message_id activations.mode activations.scope activations.group_name activations.who activations.why campaigns.survey campaigns.state campaigns.who campaigns.why campaigns.brand
history.kind history.value history.actor history.rule history.source policy_versions.hash zendesk_figures.channel zendesk_figures.category zendesk_figures.tier
unmeasured_tickets.error measures.figure measures.category measures.tier measures.channel measures.detail waits.ended_by waits.tier waits.priority waits.placements
erasure_receipts.who erasure_receipts.what erasure_receipts.removed rollups.grain rollups.figure rollups.dimension rollups.member rollups.clock rollups.bins combined_rollups.grain combined_rollups.figure combined_rollups.tier combined_rollups.category
combined_rollups.channel combined_rollups.group_id combined_rollups.clock combined_rollups.bins restatements.day annotations.text annotations.category annotations.who
alarms.kind alarms.about alarms.acknowledged_by reminders.kind provisioned_objects.key provisioned_objects.kind provisioned_objects.zendesk_id provisioned_objects.name provisioned_objects.origin
provisioned_objects.values provisioned_objects.ignored provisioned_objects.drift provision_applies.plan provision_applies.plan_id provision_applies.reason provision_applies.who
provision_applies.state provision_applies.message provision_steps.key provision_steps.kind provision_steps.name provision_steps.action provision_steps.zendesk_id provision_steps.state
provision_steps.before provision_steps.after provision_steps.record_before provision_steps.record_after
sweeps.origin sweeps.state sweeps.paused_because sweeps.filter sweeps.who sweeps.why sweeps.policy_hash sweep_tickets.state sweep_tickets.trigger sweep_tickets.before
sweep_tickets.after sweep_tickets.change sweep_tickets.error
decisions.shadow
responses.drivers_in_words responses.lexicon responses.failure imported_answers.drivers_in_words imported_answers.lexicon thank_yous.token_hash
answer_imports.source answer_imports.survey answer_imports.file answer_imports.who imported_answers.source imported_answers.survey
slack_threads.channel slack_threads.key slack_threads.ts told_answers.channels told_answers.follow_up
imported_answers.source_key imported_answers.content_key imported_answers.row_key imported_answers.address_hash
pulse_answers.id pulse_comments.id pulse_comments.comment
follow_ups.key follow_ups.state follow_ups.survey follow_ups.action follow_ups.owner_group follow_ups.outcome follow_ups.root_cause follow_ups.request_ids
refund_approvals.request_id refund_approvals.currency refund_approvals.payment refund_approvals.paid_on refund_approvals.reason_code
refund_approvals.rule refund_approvals.state
ledger_customers.customer refund_stops.action refund_stops.who refund_stops.why ledger_entries.kind ledger_entries.currency ledger_entries.payment
ledger_entries.request_id ledger_entries.customer ledger_entries.day ledger_entries.rule ledger_entries.policy_hash ledger_entries.provider_ref
ledger_entries.previous_hash ledger_entries.hash
tool_runs.request_id tool_runs.tool_id tool_runs.kind tool_runs.state tool_runs.failure
verification_challenges.request_id verification_challenges.method verification_challenges.state verification_challenges.salt verification_challenges.hash
verifications.method verifications.outcome
found_payments.payment found_payments.currency found_payments.instrument found_payments.matched_by payment_refunds.request_id payment_refunds.payment payment_refunds.currency
payment_refunds.instrument payment_refunds.matched_by payment_refunds.reason_code payment_refunds.state payment_refunds.provider_ref payment_refunds.refused_because
payments_to_check.payment refund_reconciliations.differences
goodwill_entries.kind goodwill_entries.request_id goodwill_entries.item goodwill_entries.item_kind goodwill_entries.currency goodwill_entries.customer
goodwill_entries.day goodwill_entries.rule goodwill_entries.policy_hash goodwill_entries.previous_hash goodwill_entries.hash evidence_ticks.payment evidence_ticks.evidence evidence_ticks.dispute found_payments.dispute_id found_payments.dispute_reason found_payments.dispute_state
`;

test('every column of every table is filled with words below or known to contain none', async () => {
  const { db } = database;
  await givenEverything(42);
  await db
    .insert(people)
    .values({ id: 1, name: 'secret', email: 'secret', customerIds: ['secret'], role: 'end-user', fetchedAt: NOW });
  await db.insert(unsubscribed).values({ email: 'secret' });
  const { rows } = await db.execute<{ schema: string; tab: string; col: string }>(sql`
    SELECT table_schema AS schema, table_name AS tab, column_name AS col
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
      AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = format('%I.%I', table_schema, table_name)::regclass)
      AND data_type NOT IN ('bigint', 'integer', 'smallint', 'boolean', 'double precision', 'timestamp with time zone')`);
  const known = new Set(HOLDS_NO_WORDS.trim().split(/\s+/));
  const forgotten: string[] = [];
  for (const { schema, tab, col } of rows) {
    const short = `${schema === 'public' ? '' : `${schema}.`}${tab}.${col}`;
    if (known.has(short)) continue;
    const { rows: found } = await db.execute(
      sql`SELECT 1 FROM ${sql.identifier(schema)}.${sql.identifier(tab)} WHERE strpos(lower(${sql.identifier(col)}::text), 'secret') > 0 LIMIT 1`,
    );
    if (found.length === 0) forgotten.push(short);
  }
  expect(forgotten).toEqual([]);
});

describe('a permanently deleted ticket', () => {
  it('leaves no words in any table, dead-lettered rows included, but its counts', async () => {
    await givenEverything(42);
    expect(await tablesWith('secret')).toEqual([
      'comments',
      'decisions',
      'escalations',
      'follow_ups',
      'imported_answers',
      'inbox',
      'invitations',
      'outbox',
      'payment_refunds',
      'refund_approvals',
      'refunds',
      'responses',
      'survey_choices',
      'survey_openings',
      'survey_submissions',
      'ticket_skips',
      'tickets',
      'tool_runs',
    ]);
    expect(await erase([42])).toEqual({
      tickets: 1,
      comments: 2,
      events: 3,
      decisions: 1,
      changes: 5,
      surveys: 2,
      answers: 2,
      escalations: 1,
      refunds: 2,
      approvals: 1,
      ledger: 0,
      tools: 1,
      follow_ups: 1,
      skips: 1,
    });
    expect(await tablesWith('secret')).toEqual([]);

    const { db } = database;
    expect(await db.select().from(tickets)).toMatchObject([
      {
        gone: 'deleted',
        category: 'refunds',
        tags: ['category__refunds', 'tier__t1'],
        erasedAt: NOW,
        waitingSince: null,
      },
    ]);
    expect(await db.select().from(responses)).toMatchObject([{ score: 4 }]);
    expect(await db.select().from(refunds)).toMatchObject([{ amountMinor: 1250, reason: null }]);
    expect(await db.select().from(foundPayments)).toEqual([]);
    expect(await db.select().from(evidenceTicks)).toEqual([]);
    expect(await db.select().from(decisions)).toMatchObject([
      {
        category: 'refunds',
        decision: { category: { reason: { triggerId: 'money', conditions: [{ saw: [], held: true }] } } },
      },
    ]);
    expect((await db.select().from(inbox)).map(({ state }) => state).toSorted()).toEqual([
      'decided',
      'ignored',
      'ignored',
    ]);
    expect((await db.select().from(outbox)).map(({ state }) => state).toSorted()).toEqual([
      ...Array<string>(4).fill('cancelled'),
      'done',
    ]);
    expect((await db.select().from(invitations)).map(({ state }) => state).toSorted()).toEqual([
      'answered',
      'cancelled',
    ]);
    expect(await db.select().from(dueDecisions)).toEqual([]);
  });

  it('leaves other tickets unchanged', async () => {
    await givenEverything(42);
    await givenEverything(43, 901, 'kim@customers.test');
    await erase([42]);
    const [other] = await database.db.select().from(tickets).where(sql`id = 43`);
    expect(other).toMatchObject({ subject: 'secret subject', erasedAt: null });
    expect(await tablesWith('secret')).toHaveLength(18);
  });

  it('can be erased twice, and an unknown one is refused from then on', async () => {
    await givenEverything(42);
    await erase([42]);
    expect(Object.values(await erase([42, 99])).every((count) => count === 0)).toBe(true);
    expect(await database.db.select().from(tickets).where(sql`id = 99`)).toMatchObject([
      { gone: 'deleted', erasedAt: NOW },
    ]);
  });
});

test('is not erased at all when a feature fails to erase', async () => {
  await givenEverything(42);
  const failing = { onEraseTickets: () => Promise.reject(new Error('this feature cannot erase')) };
  const erasing = database.db.transaction((tx) =>
    eraseTickets(tx, { ids: [42], now: NOW, gone: true, hooks: [...hooks, failing] }),
  );
  await expect(erasing).rejects.toThrow('this feature cannot erase');
  expect(await tablesWith('secret')).toHaveLength(18);
});

describe('a customer to be erased', () => {
  beforeEach(async () => {
    await database.db.insert(people).values([
      {
        id: ROBIN,
        name: 'Robin Secret',
        email: ADDRESS,
        customerIds: ['cus_secret'],
        role: 'end-user',
        fetchedAt: NOW,
      },
      { id: 2, name: 'Lena', email: 'lena@northwind.test', role: 'agent', fetchedAt: NOW },
    ]);
    await givenEverything(42);
    await database.db.insert(unsubscribed).values({ email: ADDRESS });
    await database.db.insert(inbox).values([
      {
        batch: 1,
        type: 'user.merged',
        state: 'ignored',
        body: { subject: `zen:user:${ROBIN}`, detail: { email: ADDRESS } },
      },
      { batch: 1, type: 'unknown', state: 'ignored', body: { text: `from ROBIN.secret@customers.test` } },
    ]);
  });

  it.each([
    [ROBIN, null],
    [null, 'Robin.Secret@customers.test'],
  ])(
    'by id %p or address %p leaves no words, name or address, and is recognised by a hash from then on',
    async (id, email) => {
      expect(await forget(id, email)).toMatchObject({ kind: 'erased', erased: { people: 1, tickets: 1 } });
      expect(await tablesWith('secret')).toEqual([]);
      expect(await tablesWith('robin')).toEqual([]);
      expect(await database.db.select({ email: unsubscribed.email }).from(unsubscribed)).toEqual([
        { email: hashAddress(ADDRESS) },
      ]);
      expect(await database.db.select().from(responses)).toMatchObject([{ score: 4 }]);
    },
  );

  it('keeps but a hash of a former address that bounced', async () => {
    await database.db.update(people).set({ email: 'robin@customers.test' }).where(sql`id = ${ROBIN}`);
    await database.db.update(unsubscribed).set({ byCustomer: false });
    await forget(ROBIN, null);
    expect(await database.db.select().from(unsubscribed)).toMatchObject([{ email: hashAddress(ADDRESS) }]);
  });

  it('loses their comments on the ticket of another, who keeps theirs', async () => {
    await database.db.insert(tickets).values(aTicketRow({ id: 50, requesterId: 901, subject: 'kept' }));
    const inCopy = {
      id: 1,
      ticketId: 50,
      authorId: ROBIN,
      author: 'customer',
      public: true,
      body: 'secret too',
    } as const;
    await database.db.insert(comments).values([
      { ...inCopy, createdAt: NOW },
      { ...inCopy, id: -50, authorId: 901, body: 'kept', createdAt: new Date(NOW.getTime() - 1) },
    ]);
    await forget(ROBIN, null);
    expect(await tablesWith('secret')).toEqual([]);
    expect(await database.db.select().from(tickets).where(sql`id = 50`)).toMatchObject([
      { subject: 'kept', erasedAt: null },
    ]);
  });

  it('loses their first message on the ticket of another, and the answer to a survey', async () => {
    await database.db
      .insert(tickets)
      .values(aTicketRow({ id: 50, requesterId: 901, subject: 'secret start', description: 'secret start' }));
    const first = { id: -50, ticketId: 50, authorId: ROBIN, author: 'customer', public: true } as const;
    await database.db.insert(comments).values([
      { ...first, body: 'secret start', createdAt: NOW },
      { ...first, id: 7, authorId: 901, body: 'kept', createdAt: new Date(NOW.getTime() + 1) },
    ]);
    const asked = { ticketId: 50, survey: 'csat', category: 'refunds', requesterId: ROBIN, dueAt: NOW } as const;
    const [invitation] = await database.db
      .insert(invitations)
      .values({ ...asked, solvedAt: NOW, state: 'answered', recipient: ADDRESS, expiresAt: new Date('2027-01-01') })
      .returning({ id: invitations.id });
    const answer = { invitationId: invitation?.id ?? 0, score: 4, comment: 'secret comment' };
    await database.db.insert(responses).values({ ...answer, answeredAt: NOW, changedAt: NOW });
    const [{ id: importId } = { id: 0 }] = await database.db.select().from(answerImports);
    const given = { importId, source: 'typeform', survey: 'nps', score: 3, answeredAt: NOW } as const;
    await database.db.insert(importedAnswers).values({ ...given, comment: 'secret comment', requesterId: ROBIN });
    expect(await forget(ROBIN, null)).toMatchObject({ erased: { answers: 4 } });
    expect(await tablesWith('secret')).toEqual([]);
    expect(await database.db.select().from(invitations).where(sql`ticket_id = 50`)).toMatchObject([
      { expiresAt: NOW, state: 'answered' },
    ]);
    expect((await database.db.select().from(comments).where(sql`id = 7`))[0]?.body).toBe('kept');
  });

  it('is in no queue and gets no survey', async () => {
    await database.db.update(tickets).set({ waitingSince: NOW });
    await forget(ROBIN, null);
    const [row] = await database.db.select().from(tickets);
    expect(row).toMatchObject({ waitingSince: null, gone: null });
    expect((await database.db.select().from(invitations)).map(({ state, reason }) => [state, reason])).toContainEqual([
      'cancelled',
      'erased',
    ]);
  });

  it('cannot be an agent', async () => {
    expect(await forget(2, null)).toEqual({ kind: 'agent' });
    expect(await forget(null, 'LENA@northwind.test')).toEqual({ kind: 'agent' });
  });
});
