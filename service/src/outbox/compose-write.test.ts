import fc from 'fast-check';
import type { ClaimedRow } from './claim-ticket-changes.ts';
import { bulkWrite, composeNeeded, singleWrite, stampOf, type TicketNow } from './compose-write.ts';
import type { TicketChange } from './effects.ts';

const aTicket = (values: Partial<TicketNow> = {}): TicketNow => ({
  id: 42,
  tags: ['tents'],
  groupId: null,
  assigneeId: null,
  priority: null,
  status: 'open',
  updatedAt: new Date('2026-11-23T08:00:00Z'),
  placedBy: 'policy',
  gone: null,
  ...values,
});

const aRow = (id: number, change: TicketChange, superseded?: true): ClaimedRow => ({
  id,
  ticketId: 42,
  payload: { cause: 'decision', change, ...(superseded ? { superseded } : {}) },
  attempts: 1,
  createdAt: new Date('2026-11-23T08:00:00Z'),
  inDoubt: false,
});

test('where wishes contradict each other the later one wins', () => {
  const rows = [
    aRow(1, { addTags: ['tier__t1'], groupId: 1, priority: 'low' }),
    aRow(2, { addTags: ['tier__t2'], removeTags: ['tier__t1'], groupId: 2, priority: 'high' }),
  ];
  expect(composeNeeded(aTicket(), rows)).toEqual({
    addTags: ['tier__t2'],
    removeTags: [],
    groupId: 2,
    priority: 'high',
    note: null,
  });
});

test('the note of a superseded decision gives way to a newer one and survives without', () => {
  const old = aRow(1, { note: 'Old.', addTags: ['category__bug', 'money'], groupId: 1 }, true);
  expect(composeNeeded(aTicket(), [old, aRow(2, { note: 'New.' })])?.note).toBe('New.');
  expect(composeNeeded(aTicket(), [old])).toMatchObject({ note: 'Old.', addTags: ['money'], groupId: null });
});

test('a note is never public, and every write carries stamp and mark', () => {
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

test('a stamp has whole seconds, as Zendesk writes it', () => {
  expect(stampOf(new Date('2026-11-23T08:00:00.000Z'))).toBe('2026-11-23T08:00:00Z');
});

test('property: the PUT and the row of a bulk job bring the ticket to the same tags, and then nothing is needed', () => {
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
