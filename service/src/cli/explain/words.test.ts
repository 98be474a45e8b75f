import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noRules } from '../../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { lastGoodPolicy } from '../../policy/last-good-policy.ts';
import { givenTicket } from '../../surveys/testing/survey-fixtures.ts';
import { comments, eraseTickets } from '../../tickets/index.ts';
import { explainTicket } from '../explain-ticket.ts';
import { runExplainTickets } from '../explain-tickets.ts';
import { shopPolicy } from './testing/shop-policy.ts';
import { type MarkStyle, markStyle } from './words.ts';

const POLICY = shopPolicy(`
  - id: refund
    title: Asks for money back
    conditions:
      any: [{ field: text, operator: includes_any, value: [money back, 退款, استرداد] }]
      none: [{ field: text, operator: matches, value: "money \\\\w+ please" }]
    actions: { category: refund }
  - id: angry
    title: Is angry
    conditions: { all: [{ field: comment, operator: includes_any, value: [angry] }] }
    actions: { add_tags: [angry] }
`);

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const texts = { ok: true, text: POLICY, named: [], guidance: new Map(), included: [], notIncluded: [] } as const;
  await lastGoodPolicy(database.db).keep(texts);
  folder = await mkdtemp(join(tmpdir(), 'deskwright-words-'));
  await writeFile(join(folder, 'policy.yaml'), POLICY);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

async function explain(ticketId: number, words: MarkStyle | null = 'plain', json = false) {
  const told: string[] = [];
  const out = (line: string) => void told.push(line);
  await explainTicket({ db: database.db, ticketId, json, readRules: noRules, words, out });
  return told.join('\n');
}

async function explainFile(messages: string[], json = false) {
  await writeFile(
    join(folder, 'tickets.json'),
    messages.map((description) => JSON.stringify({ description })).join('\n'),
  );
  const told: string[] = [];
  await runExplainTickets({
    file: join(folder, 'tickets.json'),
    policyPath: join(folder, 'policy.yaml'),
    json,
    words: 'plain',
    out: (line) => told.push(line),
    err: (line) => told.push(line),
  });
  return told;
}

test('a stored ticket shows its words with those marked that each condition saw, and a legend', async () => {
  await givenTicket(database.db, { id: 1, subject: 'Tent', description: 'I want my money back please.' });
  await database.db.insert(comments).values({
    id: 10,
    ticketId: 1,
    author: 'customer',
    body: 'Now I am angry!',
    public: true,
    createdAt: new Date(),
  });
  const told = await explain(1);
  expect(told.slice(told.indexOf('What the conditions')).split('\n')).toEqual([
    'What the conditions of the policy in force see in the ticket’s words',
    '  subject:',
    '    Tent',
    '  description:',
    '    I want my [[money back]](1,2)[[ please]](2).',
    '  comment:',
    '    Now I am [[angry]](3)!',
    '  Conditions that saw words:',
    expect.stringMatching(
      /^ {5}1 {2}yes {2}text includes_any .*saw \["money back"\] {2}trigger "Asks for money back" \(refund\)$/,
    ),
    expect.stringMatching(/^ {5}2 {2}no {3}text not_matches .*trigger "Asks for money back" \(refund\)$/),
    expect.stringMatching(/^ {5}3 {2}yes {2}comment includes_any .*trigger "Is angry" \(angry\)$/),
  ]);
  expect(await explain(1, 'terminal')).toContain('my \u001B[4;33mmoney back\u001B[0m\u001B[2m(1,2)\u001B[0m');
  const { words } = JSON.parse(await explain(1, 'plain', true));
  expect(words.texts[1]).toEqual({
    name: 'description',
    text: 'I want my money back please.',
    places: [
      { start: 10, end: 27, conditions: [2] },
      { start: 10, end: 20, conditions: [1] },
    ],
  });
  expect(words.conditions[2]).toMatchObject({ number: 3, triggerId: 'angry', condition: { held: true } });
});

test('without --words no word of the customer is shown', async () => {
  await givenTicket(database.db, { id: 2, description: 'My name is Kim, money back.' });
  for (const json of [false, true]) expect(await explain(2, null, json)).not.toContain('Kim');
});

test('words that were erased are said to be', async () => {
  await givenTicket(database.db, { id: 3, description: 'money back' });
  await database.db.transaction((tx) =>
    eraseTickets(tx, { ids: [3], hooks: [], gone: false, now: new Date('2026-11-20T10:00:00Z') }),
  );
  expect(await explain(3)).toContain(
    'The ticket’s words cannot be shown: they were erased on 2026-11-20 11:00:00 (Europe/Berlin)',
  );
  expect(JSON.parse(await explain(3, 'plain', true)).words).toEqual({ missing: expect.stringContaining('erased') });
});

test('a file of tickets shows them in every script, and nothing that would steer the terminal', async () => {
  const told = (await explainFile(['还没收到退款', 'أريد اسْتِرْدَاد المبلغ', 'money back \u001B[2J💸'])).join('\n');
  expect(told).toContain('还没收到[[退款]](1)');
  expect(told).toContain('أريد [[اسْتِرْدَاد]](1) المبلغ');
  expect(told).toContain('[[money back]](1) \uFFFD[2J💸');
  const [first] = (await explainFile(['还没收到退款'], true)).map((line) => JSON.parse(line));
  expect(first).toMatchObject({ category: 'refund', words: { texts: [{}, { places: [{ start: 4, end: 6 }] }] } });
});

test('words are underlined on a terminal that may show colours, else bracketed', () => {
  expect(markStyle({ isTTY: true }, {})).toBe('terminal');
  expect(markStyle({ isTTY: true }, { NO_COLOR: '1' })).toBe('plain');
  expect(markStyle({}, {})).toBe('plain');
});
