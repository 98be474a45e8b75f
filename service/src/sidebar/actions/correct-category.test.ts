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
let world: ActionsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  world = createActionsFixture(database);
});
afterAll(() => database.drop());

const done = { kind: 'done' };
const refused = (error: string, status: number) => ({ kind: 'refused', refusal: { error }, status });
const BUG_AT_T2 = ['tents', 'money', 'category__bug', 'tier__t2'];
const REFUND_AT_T1 = ['tents', 'money', 'category__refunds', 'tier__t1'];
const sorted = (tags: readonly string[]) => tags.toSorted();

/** Runs once, when Zendesk has carried out the next PUT and we do not know it yet. */
function beforeTheAnswer(meanwhile: () => Promise<void>): void {
  const { zendesk } = world;
  let happened = false;
  world.performDeps.zendesk = {
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
  test('changes category, tier and group by one write, and is kept as an example', async () => {
    await world.placed(42);
    expect(await world.corrects(42, 'bug')).toEqual(done);
    await world.perform();

    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(world.inZendesk(42)).toMatchObject({ group_id: T2, priority: 'high' });
    expect(world.writesOf(42)).toHaveLength(2);
    expect(world.notes(42)).toHaveLength(1);
    expect(await world.row(42)).toMatchObject({ category: 'bug', tier: 't2', placedBy: 'human', groupId: T2 });
    expect(await world.corrections(42)).toMatchObject([
      {
        agentId: LENA.id,
        before: { category: 'refunds', tier: 't1', placedBy: 'policy', groupId: T1 },
        toCategory: 'bug',
        toTier: 't2',
        undoneAt: null,
      },
    ]);
  });

  test('within a tier leaves the group alone', async () => {
    await world.placed(42);
    await world.corrects(42, 'billing');
    await world.perform();
    expect(world.inZendesk(42).group_id).toBe(T1);
    expect(world.inZendesk(42).tags).toEqual(expect.arrayContaining(['category__billing', 'tier__t1']));
  });

  test('leaves a ticket with the agent who has it, also when they took it just before the write', async () => {
    await world.placed(42);
    await world.placed(43);
    await world.byHand(42, { assignee_id: 3 });
    await world.corrects(42, 'bug');
    await world.corrects(43, 'bug');
    await world.byHand(43, { assignee_id: 3 });
    await world.perform();
    for (const id of [42, 43]) {
      expect(world.inZendesk(id)).toMatchObject({ group_id: T1, assignee_id: 3 });
      expect(sorted(world.inZendesk(id).tags)).toEqual(sorted(BUG_AT_T2));
    }
  });

  test('to what it is already changes nothing', async () => {
    await world.placed(42);
    expect(await world.corrects(42, 'refunds')).toEqual(done);
    expect(await world.corrections(42)).toEqual([]);
    expect(await world.row(42)).toMatchObject({ placedBy: 'policy' });
  });

  test('is refused for a category the policy lacks, a ticket nobody knows, one that is closed or gone, and one not for this agent', async () => {
    await world.placed(42);
    await world.placed(43);
    await world.byHand(43, { status: 'closed' });
    await world.placed(44);
    await world.byHand(44, { status: 'deleted' });
    const stranger = { ...LENA, sees: 'groups' as const, groupIds: [T3] };
    expect(await world.corrects(42, 'refnds')).toMatchObject(refused('bad_request', 400));
    expect(await world.corrects(99, 'bug')).toMatchObject(refused('not_found', 404));
    expect(await world.corrects(43, 'bug')).toMatchObject(refused('closed', 409));
    expect(await world.corrects(44, 'bug')).toMatchObject(refused('closed', 409));
    expect(await world.corrects(42, 'bug', stranger)).toMatchObject(refused('forbidden', 403));
    expect(await world.corrections(42)).toEqual([]);
  });

  test('is taken for a solved ticket too: the label counts', async () => {
    await world.placed(42);
    await world.byHand(42, { status: 'solved' });
    expect(await world.corrects(42, 'bug')).toEqual(done);
    await world.perform();
    expect(world.inZendesk(42)).toMatchObject({ status: 'solved' });
    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
  });

  test('is not fought by the policy when the customer writes again, nor taken for something done in Zendesk', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    expect(await world.customerWrites(42, 'And I want a refund!')).toBe('left_to_human');
    await world.perform();
    expect(await world.customerWrites(42, 'Money back!')).toBe('left_to_human');
    await world.perform();

    expect(await world.row(42)).toMatchObject({ category: 'bug', tier: 't2', placedBy: 'human' });
    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(await world.lastDecision(42)).toMatchObject({ category: 'bug', outcome: 'left_to_human' });
    expect(world.writesOf(42)).toHaveLength(2);
  });

  test('before the first decision was written: its placement and note are dropped, the rest still arrives', async () => {
    await world.opens(42);
    await world.corrects(42, 'bug');
    await world.customerWrites(42, 'Hello?');
    await world.perform();

    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(world.inZendesk(42)).toMatchObject({ group_id: T2, priority: 'high' });
    expect(world.notes(42)).toEqual([]);
    expect(world.writesOf(42)).toHaveLength(1);
  });

  test('within the tier and before the first decision was written: the ticket still gets its group', async () => {
    await world.opens(42);
    await world.corrects(42, 'billing');
    await world.perform();
    expect(world.inZendesk(42).group_id).toBe(T1);
  });

  test('by two agents at once: the second is told and changes nothing', async () => {
    await world.placed(42);
    const answers = await Promise.all([
      world.corrects(42, 'bug', LENA, 'refunds'),
      world.corrects(42, 'design', OMAR, 'refunds'),
    ]);
    expect(answers).toContainEqual(done);
    expect(answers).toContainEqual(
      expect.objectContaining({ refusal: expect.objectContaining({ error: 'conflict' }), status: 409 }),
    );
    await world.perform();
    const [made, ...more] = await world.corrections(42);
    expect(more).toEqual([]);
    expect(await world.row(42)).toMatchObject({ category: made?.toCategory, tier: made?.toTier });
    expect(
      world
        .inZendesk(42)
        .tags.filter((tag) => /^(category|tier)__/.test(tag))
        .toSorted(),
    ).toEqual([`category__${made?.toCategory}`, `tier__${made?.toTier}`]);
  });

  test('of what another has corrected already takes it from there', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    expect(await world.corrects(42, 'design', OMAR)).toEqual(done);
    const [first, second] = await world.corrections(42);
    expect(second?.before.category).toBe(first?.toCategory);
  });

  test('and somebody tags the ticket in Zendesk before it is written: the later act counts', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    await world.byHand(42, { tags: ['tents', 'money', 'category__billing', 'tier__t2'] });
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'billing', placedBy: 'human' });
    expect(world.inZendesk(42).tags.filter((tag) => tag.startsWith('category__'))).toEqual(['category__billing']);
  });

  test('a look from before the write, which shows what the correction takes away, is nobody’s overruling', async () => {
    await world.opens(42);
    // The policy's write arrives, and before we hear of it an agent corrects and the customer writes.
    beforeTheAnswer(async () => {
      await world.corrects(42, 'bug');
      await world.customerWrites(42, 'Hello?');
    });
    await world.perform();
    await world.letTimePass();
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'bug', tier: 't2' });
    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(world.inZendesk(42).group_id).toBe(T2);
  });

  test('leaves a ticket at the department that somebody has moved it to by hand', async () => {
    await world.placed(42);
    await world.byHand(42, { group_id: WAREHOUSE });
    await world.corrects(42, 'bug');
    await world.perform();
    expect(world.inZendesk(42).group_id).toBe(WAREHOUSE);
    expect(world.inZendesk(42).tags).toEqual(expect.arrayContaining(['category__bug', 'tier__t2']));
  });

  test('takes a ticket on that is on its way back from a department, and undo brings it where it was going', async () => {
    await world.placed(42);
    await world.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    await world.perform();
    await world.escalates(42, 't1');
    await world.corrects(42, 'bug');
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'bug', tier: 't2', groupId: T2 });
    await world.undoes(42);
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'refunds', tier: 't1', groupId: T1 });
  });

  test('leaves a ticket at the department to which it is on its way', async () => {
    await world.placed(42);
    await world.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    await world.corrects(42, 'bug');
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'bug', tier: 't2', groupId: WAREHOUSE });
  });

  test('takes a ticket on that somebody has taken back from a department by hand', async () => {
    await world.placed(42);
    await world.escalates(42, 'warehouse', { fields: { parcel: '17' } });
    await world.perform();
    await world.byHand(42, { group_id: T1 });
    await world.corrects(42, 'bug');
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'bug', tier: 't2', groupId: T2 });
  });

  test('keeps an escalated ticket up where it is, and one at a department in its group', async () => {
    await world.placed(42);
    await world.placed(43);
    await world.escalates(42, 't2');
    await world.escalates(43, 'warehouse', { fields: { parcel: '17' } });
    await world.perform();
    await world.corrects(42, 'billing');
    await world.corrects(43, 'bug');
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'billing', tier: 't2', groupId: T2 });
    expect(await world.row(43)).toMatchObject({ category: 'bug', tier: 't2', groupId: WAREHOUSE });
  });
});

describe('undoing a correction', () => {
  test('puts back category, tier, tags and group, and lets the policy decide again', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    await world.perform();
    expect(await world.undoes(42, OMAR)).toEqual(done);
    await world.perform();

    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(REFUND_AT_T1));
    expect(world.inZendesk(42).group_id).toBe(T1);
    expect(await world.row(42)).toMatchObject({ category: 'refunds', tier: 't1', placedBy: 'policy' });
    expect(await world.corrections(42)).toMatchObject([{ undoneBy: OMAR.id, undoneAt: expect.any(Date) }]);

    expect(await world.byHand(42, { subject: 'The app crashes' })).toBe('acted');
    await world.perform();
    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(BUG_AT_T2));
    expect(world.inZendesk(42).group_id).toBe(T2);
  });

  test('of a ticket that the policy had left in its group: it goes on from where it is going back to', async () => {
    await world.placed(42, undefined, { group_id: T1 });
    await world.corrects(42, 'design');
    await world.perform();
    await world.undoes(42);
    expect(await world.escalates(42, 't2')).toEqual(done);
    await world.perform();
    expect(await world.row(42)).toMatchObject({ tier: 't2', groupId: T2 });
    expect(world.notes(42).at(-1)).toContain('Escalated from Tier 1 to Tier 2');
  });

  test('at once, before anything was written, leaves the ticket as the policy wanted it', async () => {
    await world.opens(42);
    await world.corrects(42, 'bug');
    await world.undoes(42);
    await world.perform();
    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(REFUND_AT_T1));
    expect(world.inZendesk(42)).toMatchObject({ group_id: T1, priority: 'high' });
  });

  test('puts the ticket back where the act before the correction was about to bring it', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    await world.corrects(42, 'billing');
    await world.placed(43);
    await world.escalates(43, 't2');
    await world.corrects(43, 'design');
    await world.perform();
    await world.undoes(42);
    await world.undoes(43);
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'bug', tier: 't2', groupId: T2 });
    expect(await world.row(43)).toMatchObject({ category: 'refunds', tier: 't2', groupId: T2 });
  });

  test('is not undone by the correction when that was parked and is tried again', async () => {
    await world.placed(42);
    world.zendesk.faults.next('updateTicket', new ZendeskError('rejected', 'no', 422));
    await world.corrects(42, 'bug');
    await world.perform();
    await world.undoes(42);
    await world.perform();
    await retryDeadLetters(database.db, [], 'all');
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'refunds', tier: 't1', groupId: T1 });
  });

  test('is not overruled by a look from before it was written', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    await world.perform();
    await world.undoes(42);
    await world.customerWrites(42, 'Hello?');
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'refunds', tier: 't1', placedBy: 'policy' });
    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(REFUND_AT_T1));
  });

  test('while the correction is being written: a look that shows it is nobody’s overruling of the undo', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    beforeTheAnswer(async () => {
      await world.undoes(42);
      await world.customerWrites(42, 'Hello?');
    });
    await world.perform();
    await world.letTimePass();
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'refunds', tier: 't1', placedBy: 'policy' });
    expect(sorted(world.inZendesk(42).tags)).toEqual(sorted(REFUND_AT_T1));
    expect(world.inZendesk(42).group_id).toBe(T1);
  });

  test('twice, of an older one, or of one that somebody has overruled in Zendesk is a conflict', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    await world.corrects(42, 'design');
    const [older, newest] = await world.corrections(42);
    expect(await world.undoes(42, LENA, older?.id)).toMatchObject(refused('conflict', 409));
    expect(await world.undoes(42, LENA, newest?.id)).toEqual(done);
    expect(await world.undoes(42, LENA, newest?.id)).toMatchObject(refused('conflict', 409));
    expect(await world.row(42)).toMatchObject({ category: 'bug', tier: 't2', placedBy: 'human' });

    await world.perform();
    await world.byHand(42, { tags: ['category__billing', 'tier__t1'] });
    expect(await world.undoes(42, LENA, older?.id)).toMatchObject(refused('conflict', 409));
  });

  test('by two agents at once happens once', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    const results = await Promise.all([world.undoes(42), world.undoes(42, OMAR)]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
  });

  test('leaves the group to whoever moved the ticket since, and the policy out', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    await world.perform();
    await world.byHand(42, { group_id: WAREHOUSE });
    await world.undoes(42);
    await world.perform();
    expect(world.inZendesk(42).group_id).toBe(WAREHOUSE);
    expect(await world.row(42)).toMatchObject({ category: 'refunds', placedBy: 'human' });
  });

  test('keeps what was escalated since where it is', async () => {
    await world.placed(42);
    await world.corrects(42, 'bug');
    await world.perform();
    await world.escalates(42, 't3');
    await world.undoes(42);
    await world.perform();
    expect(await world.row(42)).toMatchObject({ category: 'refunds', tier: 't3', groupId: T3, placedBy: 'human' });
    expect(await world.customerWrites(42, 'The app crashes')).toBe('left_to_human');
  });
});
