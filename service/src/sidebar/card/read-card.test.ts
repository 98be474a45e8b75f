import type { CustomerCard } from '@deskwright/shared/contract';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aTicket as factsOf } from '../../decide/testing/builders.ts';
import type { CardContext } from './card-context.ts';
import { aCardPolicy, cardFixture, hoursAgo, LENA, NOW, ROBIN } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { card, cardOf, ticket, says, person, decided } = cardFixture(() => database);
const REFUND = factsOf({ description: 'I want my money back' });

describe('a card of any ticket', () => {
  it('is null for an unknown ticket', async () => {
    expect(await card(42)).toBeNull();
  });

  it('contains the state of the ticket and its time', async () => {
    await ticket({ priority: 'high' });
    const { ticket: head, asOf, toneOfVoice, guidance } = await cardOf();
    expect(head).toEqual({ id: 42, status: 'open', priority: 'high', closed: false });
    expect(asOf).toBe(new Date(NOW).toISOString());
    expect(toneOfVoice).toBe('Warm, plain and honest.');
    expect(guidance).toBeNull();
  });

  test.each([
    ['solved', { status: 'solved', waitingSince: null, solvedAt: hoursAgo(1) }, false],
    ['closed', { status: 'closed', waitingSince: null }, true],
    ['merged', { gone: 'merged' as const }, true],
    ['deleted', { gone: 'deleted' as const }, true],
    ['erased', { status: 'open', waitingSince: null, erasedAt: hoursAgo(1) }, true],
  ])('of a %s ticket has no wait, and still says where it belongs', async (_, row, closed) => {
    await ticket(row);
    const { ticket: head, tier, queue } = await cardOf();
    expect(head.closed).toBe(closed);
    expect(tier?.category).toEqual({ id: 'refunds', name: 'Refund' });
    expect(queue.waiting).toBeNull();
  });

  it('of an undecided ticket has no tier, and a place among undecided ones', async () => {
    await ticket({ category: null, tier: null, decidedAt: null });
    await ticket({ id: 43, category: null, tier: null, waitingSince: hoursAgo(9) });
    const { tier, guidance, escalation, queue } = await cardOf();
    expect({ tier, guidance }).toEqual({ tier: null, guidance: null });
    expect(escalation).toMatchObject({ next: null, back: [], criteria: [] });
    expect(queue.waiting).toMatchObject({ place: 2, of: 2 });
    expect(queue.nextOldest?.ticketId).toBe(43);
  });

  it('of a ticket without a requester has no customer', async () => {
    await ticket({ requesterId: null });
    await ticket({ id: 43, requesterId: null });
    expect((await cardOf()).customer).toEqual({
      name: null,
      answers: [],
      feedback: null,
      hasMoreAnswers: false,
      open: [],
      openCount: 0,
      recent: [],
      promises: [],
    });
  });

  it('shows the id of what the policy no longer has', async () => {
    await ticket({ category: 'tents', tier: 't9' });
    await decided(REFUND, { category: 'tents', tier: 't9' });
    const { tier, escalation } = await cardOf();
    expect(tier?.category).toEqual({ id: 'tents', name: 'tents' });
    expect(tier?.tier).toEqual({ id: 't9', name: 't9', handles: null });
    expect(escalation.next).toBeNull();
  });

  it('is readable before Zendesk has answered', async () => {
    await ticket({ groupId: 11 });
    await person(ROBIN, 'Robin Field');
    const { tier, customer, refund } = await cardOf(42, {
      policy: aCardPolicy(REFUNDS),
      deps: { directory: null },
    });
    expect(tier?.tier.name).toBe('Tier 1');
    expect(customer.name).toBe('Robin Field');
    // The limit hangs on the agent's group: better none than a false "nothing".
    expect(refund).toBeNull();
  });

  it('contains the sections of other features, for the same ticket and agent, and is complete without', async () => {
    await ticket();
    const read = ({ ticket: { id }, agent }: CardContext): Pick<CustomerCard, 'answers' | 'hasMoreAnswers'> => ({
      hasMoreAnswers: false,
      answers: [
        {
          survey: 'csat',
          score: 5,
          outOf: 5,
          good: true,
          at: new Date(NOW).toISOString(),
          ticketId: id + agent.id,
          drivers: [],
          comment: '',
          mayContact: null,
          doubtful: false,
          importedFrom: null,
        },
      ],
    });
    const { customer, ...rest } = await cardOf(42, { deps: { sections: [{ key: 'answers', read }] } });
    expect(customer.answers).toMatchObject([{ score: 5, ticketId: 42 + LENA }]);
    expect(rest).not.toHaveProperty('answers');
    expect((await cardOf(42, { deps: { sections: [] } })).customer.answers).toEqual([]);
  });

  it('gets only public comments of the conversation', async () => {
    await ticket({ waitingSince: hoursAgo(3) });
    await says('customer', 'Where is it?', 3);
    await says('us', 'Which tier? Why?', 2, { public: false });
    await says('agent', 'Did he pay? I will get back to you.', 2, { public: false, authorId: LENA });
    const { queue, escalation, customer } = await cardOf();
    expect(queue.waiting?.chasers).toBe(0);
    expect(escalation.asked).toEqual([]);
    expect(customer.promises).toEqual([]);
  });
});

const REFUNDS = 'refunds: { currency: USD, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 200 }] }';
