import type { GuidanceBlock, ListItem } from '@deskwright/shared/contract';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { Guidance } from '../../policy/guidance/guidance.ts';
import { guidanceTicks } from '../tables.ts';
import { aCardPolicy, cardFixture, hoursAgo, LENA, ROBIN } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, person } = cardFixture(() => database);

const step = (id: string, blocks: GuidanceBlock[] = []): ListItem => ({
  kind: 'step',
  id,
  text: [{ kind: 'text', text: id }],
  blocks,
  doneBy: null,
  doneAt: null,
});
const refunds: Guidance = {
  title: 'Refund',
  blocks: [
    {
      kind: 'list',
      ordered: false,
      items: [step('thank', [{ kind: 'reply', text: 'Hi {{ticket.requester.first_name}}' }]), step('ask')],
    },
  ],
  steps: 2,
};
const policy = aCardPolicy('', { refunds });

describe('the guidance', () => {
  it('shows who did which step, to every agent, and greets the customer by name', async () => {
    await ticket();
    await person(ROBIN, 'Robin Field');
    await person(LENA, 'Lena Moor', { role: 'agent' });
    const tick = { ticketId: 42, agentId: LENA, doneAt: hoursAgo(1) };
    await database.db.insert(guidanceTicks).values([
      { ...tick, stepId: 'thank' },
      { ...tick, stepId: 'a-step-of-yesterday' },
      { ...tick, stepId: 'ask', ticketId: 43 },
    ]);
    const { guidance } = await cardOf(42, { policy });
    expect(guidance).toMatchObject({ categoryId: 'refunds', title: 'Refund', done: 1, steps: 2 });
    expect(guidance?.blocks).toMatchObject([
      {
        items: [
          {
            id: 'thank',
            doneBy: 'Lena Moor',
            doneAt: hoursAgo(1).toISOString(),
            blocks: [{ kind: 'reply', text: 'Hi Robin' }],
          },
          { id: 'ask', doneBy: null },
        ],
      },
    ]);
  });

  it('is null for a category without any', async () => {
    await ticket({ category: 'other' });
    expect((await cardOf(42, { policy })).guidance).toBeNull();
  });
});
