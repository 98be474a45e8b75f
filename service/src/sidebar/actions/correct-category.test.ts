import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { retryDeadLetters } from '../../platform/outbox/entries.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import {
  type ActionsFixture,
  createActionsFixture,
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
const BUG_AT_T2 = ['tents', 'money', 'category__bug', 'tier__t2'];
const REFUND_AT_T1 = ['tents', 'money', 'category__refunds', 'tier__t1'];
const sorted = (tags: readonly string[]) => tags.toSorted();

/** Runs once, after Zendesk has performed the next PUT and before we get its answer. */
function beforeTheAnswer(meanwhile: () => Promise<void>): void {
  const { zendesk } = fixture;
  let happened = false;
  fixture.performDeps.zendesk = {
    ...zendesk,
    updateTicket: async (id, write) => {
      const answer = await zendesk.updateTicket(id, write);
      if (!happened) {
        happened = true;
        await meanwhile();
      }
      return answer;
    },
  };
}

describe('correcting a category', () => {
  test('changes category, tier and group with one write, and is stored as an example', async () => {
    await fixture.placed(42);
    expect(await fixture.corrects(42, 'bug')).toEqual(done);
    await fixture.perform();

    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(fixture.inZendesk(42)).toMatchObject({ group_id: T2, priority: 'high' });
    expect(fixture.writesOf(42)).toHaveLength(2);
    expect(fixture.notes(42).slice(1)).toEqual([
      'Category changed from Refund (Tier 1) to Bug (Tier 2) by Lena Fischer',
    ]);
    expect(await fixture.row(42)).toMatchObject({ category: 'bug', tier: 't2', placedBy: 'human', groupId: T2 });
    expect(await fixture.corrections(42)).toMatchObject([
      {
        agentId: LENA.id,
        before: { category: 'refunds', tier: 't1', placedBy: 'policy', groupId: T1 },
        toCategory: 'bug',
        toTier: 't2',
        undoneAt: null,
      },
    ]);
  });

  test('within a tier leaves the group unchanged', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'billing');
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(T1);
    expect(fixture.inZendesk(42).tags).toEqual(expect.arrayContaining(['category__billing', 'tier__t1']));
    expect(fixture.notes(42).at(-1)).toBe('Category changed from Refund to Billing by Lena Fischer');
  });

  test('does not unassign a ticket, even if it was assigned just before the write', async () => {
    await fixture.placed(42);
    await fixture.placed(43);
    await fixture.byHand(42, { assignee_id: 3 });
    await fixture.corrects(42, 'bug');
    await fixture.corrects(43, 'bug');
    await fixture.byHand(43, { assignee_id: 3 });
    await fixture.perform();
    for (const id of [42, 43]) {
      expect(fixture.inZendesk(id)).toMatchObject({ group_id: T1, assignee_id: 3 });
      expect(sorted(fixture.inZendesk(id).tags)).toEqual(sorted(BUG_AT_T2));
    }
  });

  test('to the current category changes nothing', async () => {
    await fixture.placed(42);
    expect(await fixture.corrects(42, 'refunds')).toEqual(done);
    expect(await fixture.corrections(42)).toEqual([]);
    expect(await fixture.row(42)).toMatchObject({ placedBy: 'policy' });
  });

  test('is refused for an unknown category, an unknown, closed or deleted ticket, and one that the agent may not see', async () => {
    await fixture.placed(42);
    await fixture.placed(43);
    await fixture.byHand(43, { status: 'closed' });
    await fixture.placed(44);
    await fixture.byHand(44, { status: 'deleted' });
    const stranger = { ...LENA, sees: 'groups' as const, groupIds: [T3] };
    expect(await fixture.corrects(42, 'refnds')).toMatchObject(refused('bad_request', 400));
    expect(await fixture.corrects(99, 'bug')).toMatchObject(refused('not_found', 404));
    expect(await fixture.corrects(43, 'bug')).toMatchObject(refused('closed', 409));
    expect(await fixture.corrects(44, 'bug')).toMatchObject(refused('closed', 409));
    expect(await fixture.corrects(42, 'bug', stranger)).toMatchObject(refused('forbidden', 403));
    expect(await fixture.corrections(42)).toEqual([]);
  });

  test('is accepted for a solved ticket too, as a labelled example', async () => {
    await fixture.placed(42);
    await fixture.byHand(42, { status: 'solved' });
    expect(await fixture.corrects(42, 'bug')).toEqual(done);
    await fixture.perform();
    expect(fixture.inZendesk(42)).toMatchObject({ status: 'solved' });
    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
  });

  test('is not reverted by the policy when the customer writes again, nor mistaken for an override in Zendesk', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    expect(await fixture.customerWrites(42, 'And I want a refund!')).toBe('left_to_human');
    await fixture.perform();
    expect(await fixture.customerWrites(42, 'Money back!')).toBe('left_to_human');
    await fixture.perform();

    expect(await fixture.row(42)).toMatchObject({ category: 'bug', tier: 't2', placedBy: 'human' });
    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(await fixture.lastDecision(42)).toMatchObject({ category: 'bug', outcome: 'left_to_human' });
    expect(fixture.writesOf(42)).toHaveLength(2);
  });

  test("before the first decision is written drops that decision's group and note, and writes the rest", async () => {
    await fixture.opens(42);
    await fixture.corrects(42, 'bug');
    await fixture.customerWrites(42, 'Hello?');
    await fixture.perform();

    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(fixture.inZendesk(42)).toMatchObject({ group_id: T2, priority: 'high' });
    expect(fixture.notes(42)).toEqual(['Category changed from Refund (Tier 1) to Bug (Tier 2) by Lena Fischer']);
    expect(fixture.writesOf(42)).toHaveLength(1);
  });

  test('within the tier, before the first decision is written, still moves the ticket to its group', async () => {
    await fixture.opens(42);
    await fixture.corrects(42, 'billing');
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(T1);
  });

  test('by two agents at once: the second is refused and changes nothing', async () => {
    await fixture.placed(42);
    const answers = await Promise.all([
      fixture.corrects(42, 'bug', LENA, 'refunds'),
      fixture.corrects(42, 'design', OMAR, 'refunds'),
    ]);
    expect(answers).toContainEqual(done);
    expect(answers).toContainEqual(
      expect.objectContaining({ refusal: expect.objectContaining({ error: 'conflict' }), status: 409 }),
    );
    await fixture.perform();
    const [made, ...more] = await fixture.corrections(42);
    expect(more).toEqual([]);
    expect(await fixture.row(42)).toMatchObject({ category: made?.toCategory, tier: made?.toTier });
    expect(
      fixture
        .inZendesk(42)
        .tags.filter((tag) => /^(category|tier)__/.test(tag))
        .toSorted(),
    ).toEqual([`category__${made?.toCategory}`, `tier__${made?.toTier}`]);
  });

  test('of a corrected category starts from the corrected one', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    expect(await fixture.corrects(42, 'design', OMAR)).toEqual(done);
    const [first, second] = await fixture.corrections(42);
    expect(second?.before.category).toBe(first?.toCategory);
  });

  test('followed by a tag in Zendesk before it is written is replaced by the later change', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    await fixture.byHand(42, { tags: ['tents', 'money', 'category__billing', 'tier__t2'] });
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'billing', placedBy: 'human' });
    expect(fixture.inZendesk(42).tags.filter((tag) => tag.startsWith('category__'))).toEqual(['category__billing']);
  });

  test('an observation from before the write, which shows what the correction removes, is not an override', async () => {
    await fixture.opens(42);
    // The policy's write arrives, and before we hear of it an agent corrects and the customer writes.
    beforeTheAnswer(async () => {
      await fixture.corrects(42, 'bug');
      await fixture.customerWrites(42, 'Hello?');
    });
    await fixture.perform();
    await fixture.letTimePass();
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'bug', tier: 't2' });
    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(fixture.inZendesk(42).group_id).toBe(T2);
  });

  test('leaves a ticket at the department that it was moved to in Zendesk', async () => {
    await fixture.placed(42);
    await fixture.byHand(42, { group_id: WAREHOUSE });
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(WAREHOUSE);
    expect(fixture.inZendesk(42).tags).toEqual(expect.arrayContaining(['category__bug', 'tier__t2']));
  });

  test('moves a ticket that is coming back from a department, and undo restores its destination', async () => {
    await fixture.placed(42);
    await fixture.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    await fixture.perform();
    await fixture.escalates(42, 't1');
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'bug', tier: 't2', groupId: T2 });
    await fixture.undoes(42);
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'refunds', tier: 't1', groupId: T1 });
  });

  test('leaves a ticket at the department that it is being moved to', async () => {
    await fixture.placed(42);
    await fixture.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'bug', tier: 't2', groupId: WAREHOUSE });
  });

  test('moves a ticket that was taken back from a department in Zendesk', async () => {
    await fixture.placed(42);
    await fixture.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    await fixture.perform();
    await fixture.byHand(42, { group_id: T1 });
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'bug', tier: 't2', groupId: T2 });
  });

  test('leaves an escalated ticket at its tier, and one at a department in its group', async () => {
    await fixture.placed(42);
    await fixture.placed(43);
    await fixture.escalates(42, 't2');
    await fixture.escalates(43, 'warehouse', { fields: { parcel: '17' } });
    await fixture.perform();
    await fixture.corrects(42, 'billing');
    await fixture.corrects(43, 'bug');
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'billing', tier: 't2', groupId: T2 });
    expect(await fixture.row(43)).toMatchObject({ category: 'bug', tier: 't2', groupId: WAREHOUSE });
  });
});

describe('undoing a correction', () => {
  test('restores category, tier, tags and group, and lets the policy decide again', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    expect(await fixture.undoes(42, OMAR)).toEqual(done);
    await fixture.perform();

    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(REFUND_AT_T1));
    expect(fixture.inZendesk(42).group_id).toBe(T1);
    expect(await fixture.row(42)).toMatchObject({ category: 'refunds', tier: 't1', placedBy: 'policy' });
    expect(await fixture.corrections(42)).toMatchObject([{ undoneBy: OMAR.id, undoneAt: expect.any(Date) }]);

    expect(await fixture.byHand(42, { subject: 'The app crashes' })).toBe('acted');
    await fixture.perform();
    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(fixture.inZendesk(42).group_id).toBe(T2);
  });

  test('says so in a note if the correction was written, and writes no note otherwise', async () => {
    await fixture.placed(42);
    await fixture.placed(43);
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    await fixture.undoes(42, OMAR);
    await fixture.corrects(43, 'bug');
    await fixture.undoes(43, OMAR);
    await fixture.perform();
    expect(fixture.notes(42).slice(1)).toEqual([
      'Category changed from Refund (Tier 1) to Bug (Tier 2) by Lena Fischer',
      'Category changed back from Bug (Tier 2) to Refund (Tier 1) by Omar Haddad',
    ]);
    expect(fixture.notes(43)).toHaveLength(1);
    expect(fixture.writesOf(43)).toHaveLength(1);
    expect(await fixture.moves(43)).toEqual([]);
  });

  test('leaves no way back to a tier where the ticket was by mistake only', async () => {
    await fixture.placed(42, 'The app crashes');
    await fixture.corrects(42, 'refunds');
    await fixture.perform();
    await fixture.undoes(42);
    await fixture.perform();
    expect(await fixture.moves(42)).toEqual([`${T2}>${T1}`, `${T1}>${T2}`]);
    expect(await fixture.escalates(42, 't1')).toMatchObject(refused('bad_request', 400));
  });

  test('of a ticket that the policy left in its group continues from the group it returns to', async () => {
    await fixture.placed(42, undefined, { group_id: T1 });
    await fixture.corrects(42, 'design');
    await fixture.perform();
    await fixture.undoes(42);
    expect(await fixture.escalates(42, 't2')).toEqual(done);
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ tier: 't2', groupId: T2 });
    expect(fixture.notes(42).at(-1)).toContain('Escalated from Tier 1 to Tier 2');
  });

  test('before anything was written leaves the ticket as the policy decided', async () => {
    await fixture.opens(42);
    await fixture.corrects(42, 'bug');
    await fixture.undoes(42);
    await fixture.perform();
    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(REFUND_AT_T1));
    expect(fixture.inZendesk(42)).toMatchObject({ group_id: T1, priority: 'high' });
  });

  test('moves the ticket to the group that the action before the correction had chosen', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    await fixture.corrects(42, 'billing');
    await fixture.placed(43);
    await fixture.escalates(43, 't2');
    await fixture.corrects(43, 'design');
    await fixture.perform();
    await fixture.undoes(42);
    await fixture.undoes(43);
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'bug', tier: 't2', groupId: T2 });
    expect(await fixture.row(43)).toMatchObject({ category: 'refunds', tier: 't2', groupId: T2 });
  });

  test('is not reverted by the correction when that was dead-lettered and is retried', async () => {
    await fixture.placed(42);
    fixture.zendesk.faults.next('updateTicket', new ZendeskError('rejected', 'no', 422));
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    await fixture.undoes(42);
    await fixture.perform();
    await retryDeadLetters(database.db, [], 'all');
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'refunds', tier: 't1', groupId: T1 });
  });

  test('is not overridden by an observation from before it was written', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    await fixture.undoes(42);
    await fixture.customerWrites(42, 'Hello?');
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'refunds', tier: 't1', placedBy: 'policy' });
    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(REFUND_AT_T1));
  });

  test('while the correction is being written is not overridden by an observation that shows it', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    beforeTheAnswer(async () => {
      await fixture.undoes(42);
      await fixture.customerWrites(42, 'Hello?');
    });
    await fixture.perform();
    await fixture.letTimePass();
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'refunds', tier: 't1', placedBy: 'policy' });
    expect(sorted(fixture.inZendesk(42).tags)).toEqual(sorted(REFUND_AT_T1));
    expect(fixture.inZendesk(42).group_id).toBe(T1);
  });

  test('twice, of an older one, or of one that somebody has overruled in Zendesk is a conflict', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    await fixture.corrects(42, 'design');
    const [older, newest] = await fixture.corrections(42);
    expect(await fixture.undoes(42, LENA, older?.id)).toMatchObject(refused('conflict', 409));
    expect(await fixture.undoes(42, LENA, newest?.id)).toEqual(done);
    expect(await fixture.undoes(42, LENA, newest?.id)).toMatchObject(refused('conflict', 409));
    expect(await fixture.row(42)).toMatchObject({ category: 'bug', tier: 't2', placedBy: 'human' });

    await fixture.perform();
    await fixture.byHand(42, { tags: ['category__billing', 'tier__t1'] });
    expect(await fixture.undoes(42, LENA, older?.id)).toMatchObject(refused('conflict', 409));
  });

  test('by two agents at once happens once', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    const results = await Promise.all([fixture.undoes(42), fixture.undoes(42, OMAR)]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
  });

  test('keeps a group that was changed since, and the override', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    await fixture.byHand(42, { group_id: WAREHOUSE });
    await fixture.undoes(42);
    await fixture.perform();
    expect(fixture.inZendesk(42).group_id).toBe(WAREHOUSE);
    expect(await fixture.row(42)).toMatchObject({ category: 'refunds', placedBy: 'human' });
  });

  test('keeps a ticket that was escalated since at its tier', async () => {
    await fixture.placed(42);
    await fixture.corrects(42, 'bug');
    await fixture.perform();
    await fixture.escalates(42, 't3');
    await fixture.undoes(42);
    await fixture.perform();
    expect(await fixture.row(42)).toMatchObject({ category: 'refunds', tier: 't3', groupId: T3, placedBy: 'human' });
    expect(await fixture.customerWrites(42, 'The app crashes')).toBe('left_to_human');
  });
});
