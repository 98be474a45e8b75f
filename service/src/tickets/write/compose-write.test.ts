import fc from 'fast-check';
import { bulkWrite, composeNeeded, isObsolete, singleWrite, stampOf, type TicketNow } from './compose-write.ts';
import type { ChangeEntry, TicketChange } from './ticket-change.ts';

const aTicket = (values: Partial<TicketNow> = {}): TicketNow => ({
  id: 42,
  tags: ['tents'],
  groupId: null,
  assigneeId: null,
  priority: null,
  status: 'open',
  updatedAt: new Date('2026-11-23T08:00:00Z'),
  snapshotAt: new Date('2026-11-23T08:00:00Z'),
  category: null,
  tier: null,
  placedBy: 'policy',
  gone: null,
  ...values,
});

const aRow = (id: number, change: TicketChange, superseded?: true): ChangeEntry => ({
  id,
  subjectId: 42,
  coalesceKey: '42',
  priority: 2,
  alone: false,
  payload: { cause: 'decision', change, ...(superseded ? { superseded } : {}) },
  claim: 1,
  attempts: 0,
  unfinished: 0,
  createdAt: new Date('2026-11-23T08:00:00Z'),
  inDoubt: false,
});

test('the later of two contradicting effects wins', () => {
  const rows = [
    aRow(1, { addTags: ['tier__t1'], groupId: 1, priority: 'low' }),
    aRow(2, { addTags: ['tier__t2'], removeTags: ['tier__t1'], groupId: 2, priority: 'high' }),
  ];
  expect(composeNeeded(aTicket(), rows)).toEqual({
    addTags: ['tier__t2'],
    removeTags: [],
    groupId: 2,
    unassign: false,
    priority: 'high',
    unset: [],
    note: null,
    reopen: false,
  });
});

test('the note of a superseded decision is replaced by a newer one and kept without', () => {
  const old = aRow(1, { note: 'Old.', addTags: ['category__bug', 'money'], groupId: 1 }, true);
  expect(composeNeeded(aTicket(), [old, aRow(2, { note: 'New.' })])?.note).toBe('New.');
  expect(composeNeeded(aTicket(), [old])).toMatchObject({ note: 'Old.', addTags: ['money'], groupId: null });
});

test('a note is never public, and every write has a timestamp and our marker', () => {
  const ticket = aTicket();
  const rows = [aRow(1, { note: 'Internal.' })];
  const needed = composeNeeded(ticket, rows);
  if (!needed) throw new Error('a note is needed');
  const common = {
    comment: { body: 'Internal.', public: false },
    updated_stamp: '2026-11-23T08:00:00Z',
    safe_update: true,
    metadata: { deskwright_effects: expect.stringMatching(/^1-/) },
  };
  expect(singleWrite(ticket, needed, rows)).toEqual(common);
  expect(bulkWrite(ticket, needed, rows)).toEqual({ id: 42, ...common });
});

test('an agent’s change sets category and tier tags to those of the projection, whatever older effects and the ticket have', () => {
  const ticket = aTicket({ tags: ['tents', 'category__old', 'tier__t1'], category: 'bug', tier: 't2' });
  const rows = [aRow(1, { addTags: ['category__refunds', 'money'] }), aRow(2, { placement: 'as_projected' })];
  expect(composeNeeded(ticket, rows)).toMatchObject({
    addTags: ['money', 'category__bug', 'tier__t2'],
    removeTags: ['category__old', 'tier__t1'],
  });
  expect(composeNeeded(aTicket({ tags: ['category__bug'] }), [aRow(1, { placement: 'as_projected' })])).toMatchObject({
    removeTags: ['category__bug'],
  });
});

test('a move for unassigned tickets does not move a ticket that has an assignee by now', () => {
  const rows = [aRow(1, { groupId: 2, groupOnlyIfUnassigned: true })];
  expect(composeNeeded(aTicket({ groupId: 1 }), rows)).toMatchObject({ groupId: 2 });
  expect(composeNeeded(aTicket({ groupId: 1, assigneeId: 7 }), rows)).toBeNull();
  expect(composeNeeded(aTicket({ groupId: 1, assigneeId: 7 }), [aRow(1, { groupId: 2 })])).toMatchObject({
    groupId: 2,
  });
});

test('an escalation unassigns the ticket, unless it is in the group already', () => {
  const rows = [aRow(1, { groupId: 2, unassign: true })];
  const assigned = aTicket({ groupId: 1, assigneeId: 7 });
  const needed = composeNeeded(assigned, rows);
  if (!needed) throw new Error('a move is needed');
  expect(singleWrite(assigned, needed, rows)).toMatchObject({ group_id: 2, assignee_id: null });
  expect(composeNeeded(aTicket({ groupId: 1 }), rows)).toMatchObject({ groupId: 2, unassign: false });
  expect(composeNeeded(aTicket({ groupId: 2, assigneeId: 7 }), rows)).toBeNull();
});

test("an agent's change is never obsolete, whoever changed or solved the ticket since", () => {
  const row = {
    ...aRow(1, { note: 'Escalated.' }),
    payload: { cause: 'agent' as const, change: { note: 'Escalated.' } },
  };
  for (const since of [{ placedBy: 'human' }, { status: 'solved' }, { gone: 'merged' }] as const)
    expect(isObsolete(aTicket(since), row)).toBe(false);
  expect(isObsolete(aTicket({ placedBy: 'human' }), aRow(1, {}, true))).toBe(true);
});

test('timestamps have whole seconds, as in Zendesk', () => {
  expect(stampOf(new Date('2026-11-23T08:00:00.000Z'))).toBe('2026-11-23T08:00:00Z');
});

test('property: the PUT and the row of a bulk job give the ticket the same tags, and then nothing is left to write', () => {
  const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'tier__t1', 'tier__t2'));
  const changes = fc.array(fc.record({ addTags: tags, removeTags: tags }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(tags, changes, (has, wishes) => {
      const ticket = aTicket({ tags: has });
      const rows = wishes.map((change, index) => aRow(index + 1, change));
      const needed = composeNeeded(ticket, rows);
      if (!needed) return;
      const put = singleWrite(ticket, needed, rows).tags ?? has;
      const row = bulkWrite(ticket, needed, rows);
      const byRow = [...has, ...(row.additional_tags ?? [])].filter((tag) => !row.remove_tags?.includes(tag));
      expect(put.toSorted()).toEqual(byRow.toSorted());
      expect(composeNeeded(aTicket({ tags: put }), rows)).toBeNull();
    }),
  );
});
