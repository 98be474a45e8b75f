import { asc } from 'drizzle-orm';
import { AGENT, ME, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { ticketMoves } from '../tables.ts';
import { CUSTOMER, change, comment, pipelineFixture } from './testing/pipeline-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log, effects } = pipelineFixture(() => database);

test("a person's move of the ticket is an override, and the log says so", async () => {
  const deps = pipelineDeps(database.db);
  await hear(deps, {});
  await hear(
    deps,
    change(8, 'ticket.tags_changed', { actor_id: String(ME), tags: ['category__refunds', 'tier__t1'], group_id: '11' }),
  );

  await hear(
    deps,
    change(20, 'ticket.group_assignment_changed', {
      actor_id: String(AGENT),
      tags: ['category__refunds', 'tier__t1'],
      group_id: '13',
    }),
  );
  await hear(deps, {
    ...comment(30, '71', CUSTOMER, 'The app crashes too'),
    detail: {
      ...comment(30, '71', CUSTOMER).detail,
      tags: ['category__refunds', 'tier__t1'],
      group_id: '13',
      subject: 'The app crashes',
    },
  });

  expect((await log()).map((entry) => entry.outcome)).toEqual(['acted', 'left_to_human', 'left_to_human']);
  expect((await effects()).filter((effect) => effect.state === 'waiting')).toHaveLength(0);
});

test('each move between groups counts once, whoever makes it and however often it is reported', async () => {
  const deps = pipelineDeps(database.db);
  const moved = (second: number, groupId: string | null, actor: number) =>
    change(second, 'ticket.group_assignment_changed', { actor_id: String(actor), group_id: groupId });
  await hear(deps, {});
  await hear(deps, moved(8, '11', ME), moved(9, '11', ME));
  await hear(deps, moved(20, '12', AGENT));
  await hear(deps, moved(30, '11', ME));
  // The events of the moves above come late, doubled, and with a change of something else.
  await hear(deps, moved(20, '12', AGENT), {
    ...comment(31, '71', CUSTOMER),
    detail: { ...moved(31, '11', ME).detail },
  });
  await hear(deps, moved(40, null, AGENT), moved(50, '12', AGENT));
  await hear(deps, moved(55, '11', AGENT));

  expect((await ticket())?.groupId).toBe(11);
  const moves = await database.db.select().from(ticketMoves).orderBy(asc(ticketMoves.id));
  expect(moves.map(({ fromGroupId, toGroupId }) => [fromGroupId, toGroupId])).toEqual([
    [11, 12],
    [12, 11],
    [12, 11],
  ]);
  expect(moves[0]?.movedAt).toEqual(new Date('2025-01-08T10:12:20Z'));
});

test('the tags a follow-up inherits from the closed ticket are no override: the policy decides', async () => {
  await hear(pipelineDeps(database.db), { detail: { tags: ['category__bug', 'tier__t2'], group_id: '12' } });

  expect(await ticket()).toMatchObject({ placedBy: 'policy', category: 'refunds', tier: 't1' });
  expect((await effects())[0]?.payload).toMatchObject({
    change: { addTags: ['category__refunds', 'tier__t1', 'money'], removeTags: ['category__bug', 'tier__t2'] },
  });
});

test('a ticket that an agent creates with a category has an override', async () => {
  const detail = { actor_id: String(AGENT), submitter_id: String(AGENT), tags: ['category__bug'] };
  await hear(pipelineDeps(database.db), { detail });

  expect(await ticket()).toMatchObject({ placedBy: 'human', category: 'bug' });
});
