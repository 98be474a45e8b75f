import { AGENT, ME, pipelineDeps } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { CUSTOMER, change, comment, pipelineRoom } from './testing/pipeline-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear, ticket, log, effects } = pipelineRoom(() => database);

test('a person who moves the ticket is respected, and the log says so', async () => {
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

test('a follow-up carries the tags of the closed ticket, which no person chose for it: the policy decides', async () => {
  await hear(pipelineDeps(database.db), { detail: { tags: ['category__bug', 'tier__t2'], group_id: '12' } });

  expect(await ticket()).toMatchObject({ placedBy: 'policy', category: 'refunds', tier: 't1' });
  expect((await effects())[0]?.payload).toMatchObject({
    change: { addTags: ['category__refunds', 'tier__t1', 'money'], removeTags: ['category__bug', 'tier__t2'] },
  });
});

test('a ticket that an agent opens with a category is left to the agent', async () => {
  const detail = { actor_id: String(AGENT), submitter_id: String(AGENT), tags: ['category__bug'] };
  await hear(pipelineDeps(database.db), { detail });

  expect(await ticket()).toMatchObject({ placedBy: 'human', category: 'bug' });
});
