import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import {
  type ActionsFixture,
  createActionsFixture,
  FORM,
  LENA,
  OMAR,
  T1,
  T2,
  T3,
  WAREHOUSE,
} from './testing/actions-fixture.ts';

let database: TestDatabase;
let fixture: ActionsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createActionsFixture(database);
});
afterAll(() => database.drop());

const done = { kind: 'done' };
const refused = (error: string, status: number) => ({ kind: 'refused', refusal: { error }, status });
const NOTE = `Escalated from Tier 1 to Tier 2 by Lena Fischer

Summary:
The tent leaks.

Steps tried:
Sent a patch.

Customer impact:
Sleeps wet.`;
const writtenSince = (id: number, before: number) => fixture.writesOf(id).slice(before);

describe('escalating a ticket', () => {
  test('to the next tier sends group, tier tag and one internal note in one PUT, and keeps category and status', async () => {
    await fixture.placed(42);
    await fixture.byHand(42, { status: 'pending', assignee_id: LENA.id });
    expect(await fixture.escalates(42, 't2')).toEqual(done);
    await fixture.perform();

    expect(writtenSince(42, 1)).toMatchObject([
      { bulk: false, write: { group_id: T2, comment: { body: NOTE, public: false } } },
    ]);
    expect(fixture.inZendesk(42)).toMatchObject({ group_id: T2, status: 'pending', assignee_id: null });
    expect(fixture.inZendesk(42).tags.toSorted()).toEqual(['category__refunds', 'money', 'tents', 'tier__t2']);
    expect(await fixture.row(42)).toMatchObject({
      category: 'refunds',
      tier: 't2',
      placedBy: 'human',
      groupId: T2,
      assigneeId: null,
    });
    expect(await fixture.moves(42)).toEqual(['11>12']);
    expect(await fixture.escalations()).toMatchObject([
      {
        ticketId: 42,
        agentId: LENA.id,
        kind: 'tier',
        fromTier: 't1',
        fromGroupId: T1,
        target: 't2',
        said: [
          { label: 'Summary', text: 'The tent leaks.' },
          { label: 'Steps tried', text: 'Sent a patch.' },
          { label: 'Customer impact', text: 'Sleeps wet.' },
        ],
      },
    ]);
  });

  test('up, back and up again is three moves, each with its destination', async () => {
    await fixture.placed(42);
    for (const tier of ['t2', 't1', 't2']) {
      expect(await fixture.escalates(42, tier)).toEqual(done);
      await fixture.perform();
      await fixture.look(42);
    }
    expect(await fixture.moves(42)).toEqual(['11>12', '12>11', '11>12']);
    const heads = fixture.notes(42).map((note) => note.split('\n')[0]);
    expect(heads.slice(1)).toEqual([
      'Escalated from Tier 1 to Tier 2 by Lena Fischer',
      'Handed back from Tier 2 to Tier 1 by Lena Fischer',
      'Escalated from Tier 1 to Tier 2 by Lena Fischer',
    ]);
    expect(await fixture.row(42)).toMatchObject({ tier: 't2', groupId: T2 });
  });

  test('back to a tier whose agents escalated the ticket in Zendesk is possible', async () => {
    await fixture.placed(42);
    await fixture.byHand(42, { group_id: T2, tags: ['category__bug', 'tier__t2'] });
    expect(await fixture.escalates(42, 't1')).toEqual(done);
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(T1);
  });

  test('starts from the tier whose group has it, even if its tag names another', async () => {
    // An agent has it: the policy gives it the tag of Tier 1, and leaves it where it is.
    await fixture.placed(42, undefined, { group_id: T2, assignee_id: LENA.id });
    expect(await fixture.row(42)).toMatchObject({ tier: 't1', groupId: T2 });
    expect(await fixture.escalates(42, 't2')).toMatchObject(refused('conflict', 409));
    expect(await fixture.escalates(42, 't3')).toEqual(done);
    await fixture.perform();
    expect(fixture.inZendesk(42)).toMatchObject({ group_id: T3, assignee_id: null });
    expect(fixture.inZendesk(42).tags).toContain('tier__t3');
    expect(fixture.notes(42).at(-1)).toContain('Escalated from Tier 2 to Tier 3 by Lena Fischer');
    expect(await fixture.escalations()).toMatchObject([{ fromTier: 't2', target: 't3' }]);
  });

  test('can return it to the tier of its tag, from a tier below and above', async () => {
    await fixture.placed(42, undefined, { group_id: T3, assignee_id: LENA.id });
    await fixture.placed(43, undefined, { group_id: T1, assignee_id: LENA.id });
    expect(await fixture.corrects(43, 'design')).toEqual(done);
    await fixture.perform();
    expect(await fixture.row(43)).toMatchObject({ tier: 't3', groupId: T1 });
    expect(await fixture.escalates(42, 't1')).toEqual(done);
    expect(await fixture.escalates(43, 't3')).toEqual(done);
    await fixture.perform();
    expect(fixture.notes(42).at(-1)).toContain('Handed back from Tier 3 to Tier 1');
    expect(fixture.notes(43).at(-1)).toContain('Escalated from Tier 1 to Tier 3');
    expect([fixture.inZendesk(42).group_id, fixture.inZendesk(43).group_id]).toEqual([T1, T3]);
  });

  test('to a department it is already on its way to is refused, also for an undecided ticket', async () => {
    await fixture.placed(42);
    await fixture.byHand(42, { tags: ['tents'] });
    expect(await fixture.row(42)).toMatchObject({ category: null });
    const hands = () => fixture.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    expect(await hands()).toEqual(done);
    expect(await hands()).toMatchObject(refused('conflict', 409));
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(WAREHOUSE);
    expect(await fixture.moves(42)).toEqual(['11>21']);
  });

  test('from a department that somebody moved it to in Zendesk is possible', async () => {
    await fixture.placed(42);
    await fixture.byHand(42, { group_id: WAREHOUSE });
    expect(await fixture.escalates(42, 't1')).toEqual(done);
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(T1);
    expect(fixture.notes(42).at(-1)).toContain('Handed back from Warehouse to Tier 1');
  });

  test('to a department with its own form keeps the tier', async () => {
    await fixture.placed(42);
    expect(await fixture.escalates(42, 'warehouse', { fields: { parcel: ' 17 ' } })).toEqual(done);
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(WAREHOUSE);
    expect(fixture.notes(42).at(-1)).toBe('Handed over from Tier 1 to Warehouse by Lena Fischer\n\nWhich parcel?:\n17');
    expect(await fixture.row(42)).toMatchObject({ tier: 't1', placedBy: 'human' });

    expect(await fixture.escalates(42, 'warehouse', { fields: { parcel: '17' } })).toMatchObject(
      refused('conflict', 409),
    );
    expect(await fixture.escalates(42, 't1')).toEqual(done);
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(T1);
    expect(fixture.notes(42).at(-1)).toContain('Handed back from Warehouse to Tier 1');
  });

  test('back from a department asks its people for an answer, and the tier for its own form, even if that has a field named like it', async () => {
    fixture = createActionsFixture(
      database,
      'escalation: { fields: [{ id: answer, label: Answer so far }, { id: summary, label: Summary, required: true }] }',
    );
    await fixture.placed(42);
    const passesOn = () => fixture.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    await passesOn();
    expect(await fixture.escalates(42, 't1', { fields: { answer: 'None.', summary: 'Taken back.' } })).toEqual(done);
    await passesOn();
    const ana = { ...LENA, id: 7, name: 'Ana Ruiz', groupIds: [WAREHOUSE] };
    expect(await fixture.escalates(42, 't1', { fields: { answer: 'On the shelf.' }, agent: ana })).toEqual(done);
    expect((await fixture.escalations()).filter(({ kind }) => kind === 'tier').map(({ said }) => said)).toEqual([
      [
        { label: 'Answer so far', text: 'None.' },
        { label: 'Summary', text: 'Taken back.' },
      ],
      [{ label: 'Answer', text: 'On the shelf.' }],
    ]);
  });

  test('back from a department before the hand-off is written returns it to where it came from', async () => {
    await fixture.placed(42);
    await fixture.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    await fixture.escalates(42, 't1');
    expect(await fixture.escalations()).toMatchObject([{ fromGroupId: T1 }, { fromGroupId: WAREHOUSE, target: 't1' }]);
  });

  test('back from a department where it was first seen moves it to the tier of its tag', async () => {
    await fixture.placed(42, undefined, { group_id: WAREHOUSE, assignee_id: LENA.id });
    expect(await fixture.row(42)).toMatchObject({ tier: 't1', groupId: WAREHOUSE });
    expect(await fixture.escalates(42, 't1')).toEqual(done);
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(T1);
    expect(fixture.notes(42).at(-1)).toContain('Handed back from Warehouse to Tier 1');
  });

  test("from a group outside the policy, to which a department's ticket was moved, does not count as coming from the department", async () => {
    await fixture.placed(42);
    await fixture.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    await fixture.perform();
    await fixture.byHand(42, { group_id: 99 });
    expect(await fixture.escalates(42, 't2')).toEqual(done);
    await fixture.perform();
    expect(fixture.notes(42).at(-1)).toContain('Escalated from Tier 1 to Tier 2');
  });

  test('with an empty required field writes and records nothing, and names the field', async () => {
    await fixture.placed(42);
    const fields = { summary: '  ', customer_impact: 'Sleeps wet.' };
    expect(await fixture.escalates(42, 't2', { fields })).toMatchObject({
      kind: 'refused',
      status: 422,
      refusal: { error: 'fields_missing', fields: ['summary', 'steps_tried'] },
    });
    expect(await fixture.escalations()).toEqual([]);
    expect((await fixture.perform()).writes).toBe(0);
    expect(await fixture.row(42)).toMatchObject({ tier: 't1', placedBy: 'policy' });
  });

  test.each([
    ['an unknown field', { ...FORM, secret: 'x' }, ['secret']],
    ['a field that is too long', { ...FORM, summary: 'x'.repeat(5_001) }, ['summary']],
  ])('with %s is refused', async (_name, fields, which) => {
    await fixture.placed(42);
    expect(await fixture.escalates(42, 't2', { fields })).toMatchObject({
      status: 400,
      refusal: { error: 'bad_request', fields: which },
    });
  });

  test('removes text that no database stores and placeholders that Zendesk would expand from the note', async () => {
    await fixture.placed(42);
    const summary = 'Half \ud83d and \0 {{ticket.requester.email}}';
    expect(await fixture.escalates(42, 't2', { fields: { ...FORM, summary } })).toEqual(done);
    await fixture.perform();
    expect(fixture.notes(42).at(-1)).toContain('Half \ufffd and  { {ticket.requester.email}}');
  });

  test('is refused without a destination, group, ticket or permission', async () => {
    await fixture.placed(42);
    expect(await fixture.escalates(42, 't3')).toMatchObject(refused('bad_request', 400));
    expect(await fixture.escalates(42, 't9')).toMatchObject(refused('bad_request', 400));
    expect(await fixture.escalates(42, 'kitchen')).toMatchObject(refused('bad_request', 400));
    expect(await fixture.escalates(42, 't1')).toMatchObject(refused('conflict', 409));
    expect(await fixture.escalates(42, 'legal')).toMatchObject({
      status: 409,
      refusal: { error: 'no_such_group', group: 'Legal', message: expect.stringContaining('no group named "Legal"') },
    });
    expect(await fixture.escalates(99, 't2')).toMatchObject(refused('not_found', 404));
    expect(await fixture.escalates(99, 't2', { agent: { ...LENA, sees: 'groups' } })).toMatchObject(
      refused('forbidden', 403),
    );
    const trainee = { ...LENA, sees: 'assigned' as const };
    expect(await fixture.escalates(42, 't2', { agent: trainee })).toMatchObject(refused('forbidden', 403));
    await fixture.byHand(42, { status: 'solved' });
    expect(await fixture.escalates(42, 't2')).toMatchObject(refused('solved', 409));
    await fixture.byHand(42, { status: 'closed' });
    expect(await fixture.escalates(42, 't2')).toMatchObject(refused('closed', 409));
    expect(await fixture.escalations()).toEqual([]);
  });

  test('to a group created a moment ago works', async () => {
    await fixture.placed(42);
    fixture.deps.directory.refresh = async () => void fixture.groups.set('Legal', 22);
    expect(await fixture.escalates(42, 'legal')).toEqual(done);
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(22);
  });

  test('with the same form sent twice, at once and later, happens once, even for an agent who no longer sees the ticket', async () => {
    await fixture.placed(42);
    const agent = { ...LENA, sees: 'groups' as const, groupIds: [T1] };
    const send = () => fixture.escalates(42, 't2', { requestId: 'form-1', agent });
    expect(await Promise.all([send(), send(), send()])).toEqual([done, done, done]);
    await fixture.perform();
    expect(await send()).toEqual(done);
    await fixture.perform();
    expect(await fixture.escalations()).toHaveLength(1);
    expect(fixture.notes(42)).toHaveLength(2);
    for (const [to, other] of [
      ['t2', OMAR],
      ['t3', agent],
    ] as const)
      expect(await fixture.escalates(42, to, { requestId: 'form-1', agent: other })).toMatchObject(
        refused('conflict', 409),
      );
  });

  test('one form for two tickets at once escalates one of them', async () => {
    await fixture.placed(42);
    await fixture.placed(43);
    const results = await Promise.all([42, 43].map((id) => fixture.escalates(id, 't2', { requestId: 'form-1' })));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
    expect(await fixture.escalations()).toHaveLength(1);
  });

  test("by two agents at once moves one tier: the second gets 'another agent already moved it'", async () => {
    await fixture.placed(42);
    const results = await Promise.all([fixture.escalates(42, 't2'), fixture.escalates(42, 't2', { agent: OMAR })]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
    await fixture.perform();
    expect(fixture.notes(42)).toHaveLength(2);
  });

  test('before the first decision is written sends one PUT for both, and the escalation wins', async () => {
    await fixture.opens(42);
    await fixture.escalates(42, 't2');
    await fixture.customerWrites(42, 'Hello?');
    await fixture.perform();
    expect(fixture.writesOf(42)).toHaveLength(1);
    expect(fixture.inZendesk(42)).toMatchObject({ group_id: T2, priority: 'high' });
    expect(fixture.inZendesk(42).tags.toSorted()).toEqual(['category__refunds', 'money', 'tents', 'tier__t2']);
    expect(fixture.notes(42)).toHaveLength(1);
    expect(fixture.notes(42)[0]).toContain(NOTE);
  });

  test("is not undone by a customer's message or a later move in Zendesk, before or after the write: tier and category stay", async () => {
    await fixture.placed(42);
    await fixture.escalates(42, 't2');
    await fixture.customerWrites(42, 'The app crashes as well');
    await fixture.perform();
    await fixture.customerWrites(42, 'Hello? refund!');
    await fixture.byHand(42, { group_id: T3 });
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'refunds', tier: 't2', placedBy: 'human', groupId: T3 });
    expect(fixture.writesOf(42)).toHaveLength(2);
    expect(await fixture.moves(42)).toEqual(['11>12', '12>13']);
  });

  test('writes its note once even if the answer to the PUT is lost and the process dies', async () => {
    await fixture.placed(42);
    await fixture.escalates(42, 't2');
    fixture.zendesk.faults.next('updateTicket', new ZendeskError('unavailable', 'PUT ticket timed out', null), {
      when: 'after',
    });
    await fixture.perform();
    // The echo of the write and a customer's comment come before anybody has looked into the audits.
    await fixture.customerWrites(42, 'Hello?');
    await fixture.letTimePass();
    await fixture.perform();
    expect(fixture.notes(42)).toHaveLength(2);
    expect(fixture.writesOf(42)).toHaveLength(2);
    expect((await fixture.effects()).map(({ state }) => state)).toEqual(['done', 'done']);
    expect(await fixture.row(42)).toMatchObject({ tier: 't2', placedBy: 'human', groupId: T2 });
    expect(await fixture.moves(42)).toEqual(['11>12']);
  });

  test('succeeds although the ticket changed in Zendesk meanwhile (409)', async () => {
    await fixture.placed(42);
    await fixture.escalates(42, 't2');
    Object.assign(fixture.inZendesk(42), { priority: 'urgent', updated_at: '2026-11-23T12:00:00Z' });
    await fixture.perform();
    expect(fixture.inZendesk(42)).toMatchObject({ group_id: T2, priority: 'urgent' });
    expect(fixture.notes(42)).toHaveLength(2);
    expect(await fixture.row(42)).toMatchObject({ tier: 't2', placedBy: 'human' });
  });
});
