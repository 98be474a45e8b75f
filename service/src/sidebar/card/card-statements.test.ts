// Checks that a card costs two statements, however much it shows: the ticket, and all that hangs on it.
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { TicketAccess } from '../identity/agent.ts';
import { aCardPolicy, anAgent, cardFixture, hoursAgo, LENA, ROBIN } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { card, ticket, says, person } = cardFixture(() => database);
const policy = aCardPolicy(`
departments: [{ id: legal, name: Legal, group: Legal }]
promises: [we will let you know]
refunds: { currency: USD, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 200 }], approve_above_limit: [lena@northwind.test] }
`);

/** Texts of the statements that `work` sends, in order, without the one that counts a queue when that was not done for five seconds. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const client = database.db.$client;
  const query = client.query.bind(client);
  client.query = ((...args: [{ text: string }]) => {
    texts.push(args[0].text);
    return Reflect.apply(query, undefined, args);
  }) as typeof query;
  try {
    await work();
  } finally {
    Reflect.deleteProperty(client, 'query');
  }
  return texts.filter((text) => !text.includes('"numbered"'));
}

describe.each<TicketAccess>(['all', 'groups', 'organization', 'assigned', 'requested'])(
  'the card for an agent who sees %s',
  (sees) => {
    const agent = anAgent({ sees });

    test.each([
      ['waits', {}],
      ['is not decided', { category: null, tier: null }],
      ['was placed by a person', { placedBy: 'human' as const }],
      ['is solved', { status: 'solved', waitingSince: null, solvedAt: hoursAgo(1) }],
    ])('costs two statements if the ticket %s', async (_, part) => {
      await person(LENA, 'Lena Moor');
      await ticket({ requesterId: ROBIN, assigneeId: LENA, groupId: 11, ...part });
      await ticket({ id: 43, requesterId: ROBIN });
      await says('customer', 'Where is it?', 3);
      await says('agent', 'We will let you know. Which order is it?', 2, { authorId: LENA });
      const statements = await statementsOf(() => card(42, { agent, policy }));
      expect(statements).toHaveLength(2);
      expect(statements[0]).toContain('from "tickets" left join "people"');
    });
  },
);

test('cards of other tickets and agents run the same statement', async () => {
  await ticket();
  await ticket({ id: 43, requesterId: 901, groupId: 12, category: 'bug', tier: 't2', assigneeId: 3 });
  const first = await statementsOf(() => card(42, { policy }));
  const second = await statementsOf(() => card(43, { agent: anAgent({ id: 3, groupIds: [12, 13] }) }));
  expect(second).toEqual(first);
});
