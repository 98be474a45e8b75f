import { aDecision, aTicketRow } from '../../../testing/builders.ts';
import { type PlanInput, planChange } from './plan-change.ts';

const plan = (part: Partial<PlanInput>) =>
  planChange({
    row: aTicketRow(),
    decision: aDecision(),
    acts: true,
    tierGroupId: 7,
    note: 'Refunds, Tier 1: because.',
    superseded: [],
    ...part,
  });
const wanted = { category: 'refunds', tier: 't1', priority: null, tags: [], groupId: 7 };
const placed = { wanted, groupId: 7, tags: ['category__refunds', 'tier__t1'] };

test('a new ticket gets its tags, its group, its priority and its reason in one change', () => {
  expect(plan({ decision: aDecision({ priority: 'high', tags: ['money'] }) })).toEqual({
    outcome: 'acted',
    change: {
      addTags: ['category__refunds', 'tier__t1', 'money'],
      removeTags: [],
      groupId: 7,
      priority: 'high',
      note: 'Refunds, Tier 1: because.',
    },
    wanted: { category: 'refunds', tier: 't1', priority: 'high', tags: ['money'], groupId: 7 },
  });
});

test('the reason quotes a customer without expanding placeholders', () => {
  const { change } = plan({ note: 'Refunds, Tier 1: the text says "refund {{ticket.requester.email}}".' });
  expect(change.note).toBe('Refunds, Tier 1: the text says "refund { {ticket.requester.email}}".');
});

test('the same decision again changes nothing', () => {
  expect(plan({ row: aTicketRow(placed) })).toMatchObject({ outcome: 'unchanged', wanted });
});

test('another category replaces the tags, moves the ticket out of the group we assigned, and says why', () => {
  const { change } = plan({
    row: aTicketRow(placed),
    decision: aDecision({ category: 'bug', tier: 't2' }),
    tierGroupId: 8,
  });

  expect(change).toEqual({
    addTags: ['category__bug', 'tier__t2'],
    removeTags: ['category__refunds', 'tier__t1'],
    groupId: 8,
    note: 'Refunds, Tier 1: because.',
  });
});

test('a ticket that someone moved to a group gets its tags and stays there', () => {
  const { change, wanted: now } = plan({ row: aTicketRow({ groupId: 99 }) });

  expect(change.groupId).toBeUndefined();
  expect(change.addTags).toEqual(['category__refunds', 'tier__t1']);
  expect(now?.groupId).toBeNull();
});

test('a ticket with an assignee gets its new tags and stays assigned', () => {
  const row = aTicketRow({ ...placed, assigneeId: 2 });

  const { change } = plan({ row, decision: aDecision({ category: 'bug', tier: 't2' }), tierGroupId: 8 });

  expect(change.groupId).toBeUndefined();
  expect(change.addTags).toEqual(['category__bug', 'tier__t2']);
});

test('a priority that an agent lowered is not raised again by the same decision', () => {
  const row = aTicketRow({ ...placed, wanted: { ...wanted, priority: 'high' }, priority: 'normal' });

  expect(plan({ row, decision: aDecision({ priority: 'high' }) }).outcome).toBe('unchanged');
});

test('a tag that an agent removed is not added again by the same decision', () => {
  const row = aTicketRow({ ...placed, wanted: { ...wanted, tags: ['money'] } });

  expect(plan({ row, decision: aDecision({ tags: ['money'] }) }).outcome).toBe('unchanged');
});

test('carries on everything from a superseded change except its group', () => {
  const { change } = plan({
    row: aTicketRow({ wanted: { ...wanted, tags: ['money'], priority: 'high' } }),
    decision: aDecision({ category: 'bug', tags: ['money'], priority: 'high' }),
    superseded: [
      { addTags: ['category__refunds', 'tier__t1', 'money'], priority: 'high', groupId: 7, note: 'Old reason.' },
    ],
  });

  expect(change.addTags).toEqual(['category__bug', 'tier__t1', 'money']);
  expect(change.priority).toBe('high');
  expect(change.note).toBe('Refunds, Tier 1: because.');
});

test('keeps the reason of a superseded change when the new decision is the same', () => {
  const { change } = plan({
    row: aTicketRow({ wanted }),
    superseded: [{ addTags: ['category__refunds', 'tier__t1'], groupId: 7, note: 'First reason.' }],
  });

  expect(change).toMatchObject({ addTags: ['category__refunds', 'tier__t1'], groupId: 7, note: 'First reason.' });
});

describe('of several superseded changes', () => {
  const plain = { addTags: ['category__refunds'], groupId: 7 };
  const low = { ...plain, priority: 'low', note: 'First reason.' } as const;
  const high = { ...plain, priority: 'high', note: 'Second reason.' } as const;
  const urgent = { ...plain, priority: 'urgent', note: 'Third reason.' } as const;

  test.each([
    [[high, urgent], 'urgent', 'Third reason.'],
    [[urgent, high], 'high', 'Second reason.'],
    [[low, high, urgent], 'urgent', 'Third reason.'],
    [[urgent, high, low], 'low', 'First reason.'],
    [[high, urgent, plain], 'urgent', 'Third reason.'],
  ])('carries on the later priority and reason: %#', (superseded, priority, note) => {
    for (const decided of [priority, null]) {
      const row = aTicketRow({ wanted: { ...wanted, priority: priority as 'high' } });
      const decision = aDecision(decided === null ? {} : { priority: decided as 'high' });
      expect(plan({ row, decision, superseded }).change).toMatchObject({ priority, note });
    }
  });

  test('none overrides a priority that the ticket has and the new decision wants', () => {
    const row = aTicketRow({ wanted: { ...wanted, priority: 'high' }, priority: 'urgent' });
    const { change } = plan({ row, decision: aDecision({ priority: 'urgent' }), superseded: [low, high] });
    expect(change.priority).toBeUndefined();
  });
});

test.each(['solved', 'closed'])('leaves a %s ticket unchanged', (status) => {
  expect(plan({ row: aTicketRow({ status }) })).toEqual({ outcome: 'not_open', change: {}, wanted: null });
});

describe('a ticket with an override', () => {
  test('is not changed', () => {
    const row = aTicketRow({ ...placed, placedBy: 'human', groupId: 99, category: 'refunds' });

    expect(plan({ row, decision: aDecision({ category: 'bug', tier: 't2' }) })).toMatchObject({
      outcome: 'left_to_human',
      change: {},
    });
  });

  test('loses our category tag when a person added another, so that it has exactly one', () => {
    const row = aTicketRow({
      ...placed,
      placedBy: 'human',
      tags: ['category__refunds', 'category__bug'],
      category: 'bug',
    });

    expect(plan({ row })).toMatchObject({ outcome: 'left_to_human', change: { removeTags: ['category__refunds'] } });
  });
});

test('a ticket for a tier whose group is missing in Zendesk still gets its tags', () => {
  const { change } = plan({ tierGroupId: null });

  expect(change.groupId).toBeUndefined();
  expect(change.addTags).toContain('tier__t1');
});

test('a waiting change that the ticket shows already is not written again, note included', () => {
  const superseded = [{ addTags: ['category__refunds', 'tier__t1'], groupId: 7, note: 'First reason.' }];
  expect(plan({ row: aTicketRow(placed), superseded })).toMatchObject({ outcome: 'unchanged' });
  expect(plan({ row: aTicketRow({ ...placed, tags: ['tier__t1'] }), superseded }).change.note).toBe('First reason.');
});
