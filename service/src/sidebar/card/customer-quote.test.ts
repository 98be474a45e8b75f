import { eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aTicket as factsOf } from '../../decide/testing/builders.ts';
import { comments } from '../../tickets/tables.ts';
import { findWordings } from './customer-quote.ts';
import { aCardPolicy, anAgent, cardFixture } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, says, decided } = cardFixture(() => database);

const BODY =
  'Hi Lena,\n\nI sent back two tents. I only got a refund for the Kestrel. Where is the rest of my money back?';
const MORE = `
  - id: angry
    title: Is angry
    conditions: { any: [{ field: comment, operator: includes_any, value: [unacceptable] }] }
    actions: { category: bug, priority: urgent }
`;

async function quoteOf(): Promise<string[]> {
  const { tier } = await cardOf(42, { policy: aCardPolicy(MORE) });
  return (tier?.quote ?? []).map((sentence) =>
    sentence.map(({ text, found }) => (found ? `[${text}]` : text)).join(''),
  );
}

describe('the customer’s sentence', () => {
  it('is quoted with all words that decided the category', async () => {
    await ticket();
    await says('customer', BODY, 1);
    await decided(factsOf({ description: BODY }));
    expect(await quoteOf()).toEqual([
      'I only got a [refund] for the Kestrel.',
      'Where is the rest of my [money back]?',
    ]);
  });

  it('comes from the messages that were decided, not from later ones', async () => {
    await ticket();
    await says('customer', 'Hello', 3);
    await says('customer', BODY, 2.9);
    await says('agent', 'You will get a refund.', 2);
    await says('customer', 'A refund? Thanks!', 1);
    await decided(factsOf({ description: BODY }));
    expect(await quoteOf()).toContain('I only got a [refund] for the Kestrel.');
    expect((await quoteOf()).join()).not.toMatch(/Thanks|You will/);
  });

  it('comes from the newest message where the policy asks for the last one', async () => {
    await ticket({ category: 'bug', tier: 't2' });
    await says('customer', 'My tent leaks.', 3);
    await says('agent', 'We look into it.', 2);
    await says('customer', 'This is unacceptable! Answer me.', 1);
    await decided(factsOf({ description: 'My tent leaks.', comment: 'This is unacceptable!' }), {}, aCardPolicy(MORE));
    expect(await quoteOf()).toEqual(['This is [unacceptable]!']);
  });

  it.each<[string, Parameters<typeof says>]>([
    ['an agent’s', ['agent', BODY, 1]],
    ['our own login’s', ['us', BODY, 1]],
    ['a private note', ['customer', BODY, 1, { public: false }]],
    ['below an earlier mail', ['customer', `See below.\n\n${BODY.replaceAll(/^/gm, '> ')}`, 1]],
  ])('is never %s', async (_, comment) => {
    await ticket();
    await says(...comment);
    await decided(factsOf({ description: BODY }));
    expect(await quoteOf()).toEqual([]);
  });

  it('is not a message after an agent opened the ticket', async () => {
    await ticket();
    await says('agent', 'Refund as agreed on the phone.', 2);
    await says('customer', 'When do I get my refund?', 1);
    await decided(factsOf({ description: 'Refund as agreed on the phone.' }));
    expect(await quoteOf()).toEqual([]);
  });

  it('is gone once the message was redacted or erased', async () => {
    await ticket();
    await says('customer', BODY, 1);
    await decided(factsOf({ description: BODY }));
    expect(await quoteOf()).toHaveLength(2);
    await database.db.update(comments).set({ body: '' }).where(eq(comments.ticketId, 42));
    expect(await quoteOf()).toEqual([]);
  });

  it('is not shown where no word decided', async () => {
    await ticket({ category: 'other' });
    await says('customer', 'Where is my refund?', 1);
    await decided(factsOf({ description: 'Hello' }));
    expect(await quoteOf()).toEqual([]);
    await ticket({ id: 43, placedBy: 'human' });
    await decided(factsOf({ description: BODY }), { ticketId: 43 });
    expect((await cardOf(43)).tier?.quote).toEqual([]);
  });
});

it('the priority comes with the trigger that set it', async () => {
  const policy = aCardPolicy(MORE);
  await ticket({ priority: 'urgent' });
  await decided(factsOf({ description: BODY, comment: 'unacceptable' }), {}, policy);
  expect((await cardOf(42, { policy })).tier?.priority).toMatchObject({
    value: 'urgent',
    reason: { by: 'trigger', title: 'Is angry' },
  });
  await ticket({ id: 43, priority: 'high' });
  await decided(factsOf({ description: BODY }), { ticketId: 43 }, policy);
  expect((await cardOf(43, { policy })).tier?.priority).toBeNull();
});

describe('the nearest trigger that did not apply', () => {
  const NEAR = `
  - id: late
    title: Is late
    conditions: { all: [{ field: text, operator: includes_any, value: [parcel] }, { field: text, operator: includes_any, value: [late] }] }
    actions: { category: refunds }
refunds:
  currency: USD
  limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 200 }]
  approve_above_limit: [Lead@Northwind.test]
`;
  it.each([
    ['an agent', anAgent(), false],
    ['an agent without an address', anAgent({ email: null }), false],
    ['a lead, who approves refunds', anAgent({ email: 'lead@northwind.test' }), true],
    ['an admin', anAgent({ role: 'admin' }), true],
  ])('for %s', async (_, agent, isTold) => {
    const policy = aCardPolicy(NEAR);
    await ticket({ category: 'other' });
    await decided(factsOf({ description: 'About my parcel' }), {}, policy);
    const card = await cardOf(42, { policy, agent });
    expect(card.tier?.nearestMiss?.triggerId ?? null).toBe(isTold ? 'late' : null);
    expect(JSON.stringify(card).includes('Is late')).toBe(isTold);
  });
});

/** The sentences, with the found words in brackets. */
const marked = (text: string, ...wordings: string[]): string[] =>
  findWordings(text, wordings).map((sentence) =>
    sentence.map((piece) => (piece.found ? `[${piece.text}]` : piece.text)).join(''),
  );

test.each<[string, string, string[], string[]]>([
  ['in another case', 'I want a REFUND.', ['refund'], ['I want a [REFUND].']],
  [
    'only in its own sentence',
    'Hello. I only got refunded for the Kestrel. Bye.',
    ['refunded'],
    ['I only got [refunded] for the Kestrel.'],
  ],
  [
    'each time it is there',
    'Refund me. Really, a refund or the refund!',
    ['refund'],
    ['[Refund] me.', 'Really, a [refund] or the [refund]!'],
  ],
  ['as a whole word', 'A refundable prefund, a refund', ['refund'], ['A refundable prefund, a [refund]']],
  ['with more space between its words', 'my money \n back', ['money back'], ['my [money back]']],
  ['across a short line', 'I want my money\nback please', ['money back'], ['I want my [money back] please']],
  ['with what stands between its words', 'Money, back!', ['money, back'], ['[Money, back]!']],
  ['with a curly apostrophe', 'It doesn’t work', ["doesn't work"], ["It [doesn't work]"]],
  ['taken apart by Unicode', 'Je suis fa\u0302che\u0301', ['fâché'], ['Je suis [fâché]']],
  ['in a script without spaces', '返金してください。', ['返金'], ['[返金]してください。']],
  ['next to punctuation and emoji', '😡refund😡', ['refund'], ['😡[refund]😡']],
  ['beside another that overlaps', 'my money back now', ['money', 'money back'], ['my [money back] now']],
  ['of an expression with special characters', 'I paid $5.00 (twice)', ['$5.00 (twice'], ['I paid [$5.00 (twice])']],
  [
    'that the decision cut',
    `${'very '.repeat(30)}angry`,
    [`${'very '.repeat(24)}…`],
    [`[${'very '.repeat(24).trim()}] ${'very '.repeat(6)}angry`],
  ],
  ['nowhere', 'I want a refund', ['tent'], []],
  ['without letters', 'I want - a refund', ['-', '', '…'], []],
])('a wording is found %s', (_, text, wordings, expected) => {
  expect(marked(text, ...wordings)).toEqual(expected);
});

test('a long sentence is cut around its words, never within one', () => {
  const [first, second, ...rest] = marked(`${'so '.repeat(100)}refund ${'and '.repeat(100)}money`, 'refund', 'money');
  expect(first).toMatch(/^…(so )+\[refund\]( and)+…$/);
  expect(first?.length).toBeLessThan(260);
  expect(second).toMatch(/^…(and )+\[money\]$/);
  expect(rest).toEqual([]);
});

test('a long text without spaces is cut, and never within a character', () => {
  const [only] = marked(`${'😡'.repeat(300)}返金${'😡'.repeat(300)}`, '返金');
  expect(only).toMatch(/^…😡+\[返金\]😡+…$/u);
  expect(only?.isWellFormed()).toBe(true);
});
