import { aSnapshot, aTicketRow, later } from '../../../testing/builders.ts';
import { applySnapshot } from './apply-snapshot.ts';

const wanted = { category: 'refunds', tier: 't1', priority: null, tags: [], groupId: 7 };

describe('the newer observation', () => {
  const row = aTicketRow({ updatedAt: later(10), snapshotAt: later(10.4), status: 'open' });

  test.each([
    ['an older second', { updatedAt: later(9), snapshotAt: later(9.9) }, true],
    ['the same second, an earlier moment', { updatedAt: later(10), snapshotAt: later(10.1) }, true],
    ['the same second, a later moment', { updatedAt: later(10), snapshotAt: later(10.9) }, false],
    ['a newer second', { updatedAt: later(11), snapshotAt: later(11) }, false],
  ])('%s', (_name, times, stale) => {
    const applied = applySnapshot(row, aSnapshot({ ...times, status: 'pending' }), 'others');

    expect(applied.stale).toBe(stale);
    expect(applied.row.status).toBe(stale ? 'open' : 'pending');
  });
});

describe('solving and reopening', () => {
  test('a ticket that goes from open to solved was solved at the time of the observation', () => {
    const applied = applySnapshot(
      aTicketRow({ status: 'open' }),
      aSnapshot({ status: 'solved', updatedAt: later(60), snapshotAt: later(60.5) }),
      'others',
    );

    expect(applied).toMatchObject({ solved: true, reopened: false, row: { solvedAt: later(60.5) } });
  });

  test('a ticket first seen solved was not solved by this observation', () => {
    expect(applySnapshot(null, aSnapshot({ status: 'solved' }), 'others').solved).toBe(false);
  });

  test('closing a solved ticket is not a second solve', () => {
    const row = aTicketRow({ status: 'solved', solvedAt: later(1) });

    expect(applySnapshot(row, aSnapshot({ status: 'closed', updatedAt: later(9) }), 'others')).toMatchObject({
      solved: false,
      row: { solvedAt: later(1) },
    });
  });

  test('a reopened ticket has no time of solving', () => {
    const row = aTicketRow({ status: 'solved', solvedAt: later(1) });

    expect(applySnapshot(row, aSnapshot({ status: 'open', updatedAt: later(9) }), 'others')).toMatchObject({
      reopened: true,
      row: { solvedAt: null },
    });
  });
});

describe('an override', () => {
  const placed = aTicketRow({
    wanted,
    groupId: 7,
    tags: ['category__refunds', 'tier__t1'],
    category: 'refunds',
    tier: 't1',
  });
  const observation = (part: Parameters<typeof aSnapshot>[0]) =>
    aSnapshot({ updatedAt: later(60), snapshotAt: later(60), ...part });

  test.each([
    ['moves it to another group', { groupId: 8, tags: placed.tags }, 'refunds'],
    ['takes it out of its group', { groupId: null, tags: placed.tags }, 'refunds'],
    ['exchanges the category tag', { groupId: 7, tags: ['category__bug', 'tier__t1'] }, 'bug'],
    ['adds a second category tag', { groupId: 7, tags: ['category__refunds', 'category__bug', 'tier__t1'] }, 'bug'],
    ['removes the category tag', { groupId: 7, tags: ['tier__t1'] }, null],
  ])('is set by a person who %s', (_name, part, category) => {
    expect(applySnapshot(placed, observation(part), 'others').row).toMatchObject({ placedBy: 'human', category });
  });

  test.each([
    ['another category', 'bug', ['category__bug', 'tier__t1']],
    ['none', null, ['tier__t1']],
  ] as const)('is set by a person who sets the first category back after %s', (_name, category, tags) => {
    const overridden = { ...placed, category, tags: [...tags], placedBy: 'human' as const };
    expect(applySnapshot(overridden, observation({ groupId: 7, tags: placed.tags }), 'others').row).toMatchObject({
      placedBy: 'human',
      category: 'refunds',
    });
  });

  test('names the tier when a person changes the tier tag too', () => {
    const { row } = applySnapshot(placed, observation({ groupId: 7, tags: ['category__bug', 'tier__t2'] }), 'others');

    expect(row).toMatchObject({ placedBy: 'human', category: 'bug', tier: 't2' });
  });

  test.each([
    ['an observation that shows what we wanted', { groupId: 7, tags: placed.tags }],
    ['a customer tag beside ours', { groupId: 7, tags: [...placed.tags, 'vip'] }],
    ['a new status', { groupId: 7, tags: placed.tags, status: 'open' }],
  ])('is not set by %s', (_name, part) => {
    expect(applySnapshot(placed, observation(part), 'others').row.placedBy).toBe('policy');
  });

  test('is never set by our own write', () => {
    const waiting = aTicketRow({ wanted });

    expect(applySnapshot(waiting, observation({ groupId: 7, tags: ['category__refunds'] }), 'us').row.placedBy).toBe(
      'policy',
    );
  });

  test('is not set by an observation that shows our write before it is recorded as done', () => {
    const waiting = aTicketRow({ wanted });

    expect(
      applySnapshot(waiting, observation({ groupId: 7, tags: ['category__refunds', 'tier__t1'] }), 'others').row
        .placedBy,
    ).toBe('policy');
  });

  test('is set by a person who moves the ticket right after our write, before it is recorded as done', () => {
    const waiting = aTicketRow({ wanted });

    const moved = applySnapshot(
      waiting,
      observation({ groupId: 13, tags: ['category__refunds', 'tier__t1'] }),
      'others',
    );
    expect(moved.row.placedBy).toBe('human');
  });

  test('is not set by an observation in the second of our write without a category, but by one with another category', () => {
    const sameSecond = { updatedAt: placed.updatedAt, snapshotAt: new Date(placed.snapshotAt.getTime() + 1) };

    expect(applySnapshot(placed, observation({ ...sameSecond, groupId: null, tags: [] }), 'others').row.placedBy).toBe(
      'policy',
    );
    expect(applySnapshot(placed, observation({ ...sameSecond, tags: ['category__bug'] }), 'others').row.placedBy).toBe(
      'human',
    );
  });

  test('is not set by a group assigned before our tags arrived', () => {
    const waiting = aTicketRow({ wanted });

    expect(applySnapshot(waiting, observation({ groupId: 13 }), 'others').row.placedBy).toBe('policy');
  });

  test('is not set by an observation that does not include our write yet', () => {
    const waiting = aTicketRow({ wanted });

    expect(applySnapshot(waiting, observation({ status: 'open' }), 'others').row.placedBy).toBe('policy');
  });

  test('is set by a category tag on a new ticket', () => {
    expect(applySnapshot(null, aSnapshot({ tags: ['category__bug'] }), 'others').row).toMatchObject({
      placedBy: 'human',
      category: 'bug',
    });
  });
});
