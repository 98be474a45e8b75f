import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { recordActivation } from '../platform/outbox/activation.ts';
import { listDeadLetters, recordEffect, retryDeadLetters } from '../platform/outbox/entries.ts';
import { createOutbox } from '../platform/outbox/outbox.ts';
import { outbox } from '../platform/outbox/tables.ts';
import { createSlackSender } from './create-slack-sender.ts';
import { slackEffect } from './slack-effect.ts';
import { SLACK_MESSAGE } from './slack-message.ts';
import {
  BROKEN,
  busy,
  INVALID_BLOCKS,
  NO_SERVICE,
  type SlackServer,
  startSlackServer,
} from './testing/slack-server.ts';

let database: TestDatabase;
let slack: SlackServer;
const logged: unknown[] = [];
beforeAll(async () => {
  // So that a channel's turn comes when a test says so.
  database = await createTestDatabase({ stoppedClock: true });
});
beforeEach(async () => {
  await database.clear();
  logged.length = 0;
  slack = await startSlackServer();
});
afterEach(() => slack.stop());
afterAll(() => database.drop());

const note = (...args: unknown[]) => void logged.push(args);
const LOGGER = { debug: note, info: note, warn: note, error: note, child: () => LOGGER } as unknown as Parameters<
  typeof createOutbox
>[0]['logger'];

const record = (text: string, channel = 'leads') =>
  recordEffect(database.db, SLACK_MESSAGE, {
    key: `${channel}:${text}`,
    subjectId: null,
    payload: { channel, summary: [text], lines: [] },
  });

/** Performs what is due, once. */
function perform(channels: readonly string[] = ['leads', 'support']) {
  const sender = createSlackSender(Object.fromEntries(channels.map((name) => [name, slack.address(name)])));
  const kind = slackEffect({ sender, country: () => 'US', clock: Date.now, limits: { workMs: 0 } });
  return createOutbox({ db: database.db, kinds: [kind], logger: LOGGER, random: () => 0.5 }).perform();
}

async function pass(seconds: number): Promise<void> {
  const by = sql`${seconds}::float8 * interval '1 second'`;
  await database.db.execute(
    sql`UPDATE write_budget SET refilled_at = refilled_at - ${by}, blocked_until = blocked_until - ${by}`,
  );
  await database.db.execute(sql`UPDATE outbox SET due_at = due_at - ${by} WHERE state = 'waiting'`);
}

const said = (channel = 'leads') =>
  slack.accepted.filter((one) => one.channel === channel).map(({ body }) => body.text);
const rows = () => database.db.select().from(outbox).orderBy(outbox.id);
const states = async () => (await rows()).map(({ state }) => state);

test('each channel gets its messages in order, one a second, from however many processes', async () => {
  for (const text of ['one', 'two', 'three']) await record(text);
  await record('elsewhere', 'support');
  await Promise.all([perform(), perform(), perform()]);
  expect([said(), said('support')]).toEqual([['one'], ['elsewhere']]);
  await perform();
  expect(said()).toEqual(['one']);
  await pass(1);
  await Promise.all([perform(), perform()]);
  expect(said()).toEqual(['one', 'two']);
  await pass(1);
  await perform();
  await pass(1);
  expect(await perform()).toMatchObject({ againInMs: null });
  expect([said(), await states()]).toEqual([
    ['one', 'two', 'three'],
    ['done', 'done', 'done', 'done'],
  ]);
});

test.each(['7', '7.2'])('obeys a Retry-After of %s for the whole channel, and for this one only', async (seconds) => {
  await record('one');
  slack.next = [busy(seconds)];
  await perform();
  await record('two');
  await record('elsewhere', 'support');
  await pass(5);
  await perform();
  expect([slack.requests.length, said(), said('support')]).toEqual([2, [], ['elsewhere']]);
  await pass(5);
  await perform();
  await pass(1);
  await perform();
  expect(said()).toEqual(['one', 'two']);
  expect((await rows()).map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
});

test.each([
  ['answers 500', BROKEN],
  ['answers nothing', 'cut'],
  ['is a proxy that says sorry', { status: 200, body: '<html>Please log in</html>' }],
  ['is a proxy that refuses', { status: 403, body: '<html>Not allowed</html>' }],
  ['is busy without saying how long', { status: 429, body: 'rate_limited' }],
] as const)('nothing is lost while Slack %s, however long', async (_what, answer) => {
  await record('one');
  await record('two');
  for (let hour = 0; hour < 30; hour++) {
    slack.next = [answer];
    await perform();
    await pass(3_600);
  }
  slack.next = [];
  await perform();
  await pass(1);
  await perform();
  expect(said()).toEqual(['one', 'two']);
  expect(await listDeadLetters(database.db)).toEqual([]);
});

test('what Slack refuses for good is dead-lettered with its answer, and does not stop what follows', async () => {
  await record('one');
  await record('two');
  slack.next = [NO_SERVICE];
  await perform();
  await pass(1);
  await perform();
  expect(said()).toEqual(['two']);
  const [dead] = await listDeadLetters(database.db);
  expect(dead).toMatchObject({ kind: 'slack_message', reason: 'Slack answered 404 no_service' });
  expect(SLACK_MESSAGE.advise(dead?.reason ?? '')).toContain('Make a new incoming webhook');
  expect(SLACK_MESSAGE.advise('Slack answered 400 invalid_blocks')).toContain('a newer version');
  await retryDeadLetters(database.db, [SLACK_MESSAGE], 'all');
  await pass(1);
  await perform();
  expect(said()).toEqual(['two', 'one']);
});

test('many at once go as one message that lists all of them', async () => {
  for (let n = 1; n <= 12; n++) await record(`alarm ${n}`);
  await perform();
  expect(said()).toEqual(['12 messages']);
  const text = slack.accepted[0]?.body.blocks.map((block) => block.text.text).join('\n');
  expect(text).toBe(['*12 messages*', ...Array.from({ length: 12 }, (_, n) => `• alarm ${n + 1}`)].join('\n'));
  expect(new Set(await states())).toEqual(new Set(['done']));
});

test('390 answers of an hour in which Slack fails in any way go as four lists, in order and each once', async () => {
  const failures = [BROKEN, 'cut', busy('30')] as const;
  for (let n = 1; n <= 390; n++) {
    await record(`answer ${n}`);
    if (n % 13 !== 0) continue;
    slack.next = failures.map((_, index) => failures[(n + index) % 3] ?? BROKEN);
    await Promise.all([perform(), perform()]);
    await pass(120);
  }
  expect(said()).toEqual([]);
  slack.next = [];
  for (let turn = 0; turn < 6; turn++) {
    await Promise.all([perform(), perform()]);
    await pass(1);
  }
  expect(said()).toEqual(['100 messages', '100 messages', '100 messages', '90 messages']);
  const text = slack.accepted.flatMap(({ body }) => body.blocks.map((block) => block.text.text)).join('\n');
  expect(text.match(/answer \d+$/gm)).toEqual(Array.from({ length: 390 }, (_, n) => `answer ${n + 1}`));
  expect(new Set(await states())).toEqual(new Set(['done']));
});

test('a steady flood becomes a few messages and then a list a minute, in order and each once', async () => {
  for (let n = 1; n <= 40; n++) {
    await record(`answer ${n}`);
    await perform();
    await pass(1.5);
  }
  await pass(60);
  await perform();
  expect(said().slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((n) => `answer ${n}`));
  expect(said().length).toBeLessThan(10);
  const text = slack.accepted.flatMap(({ body }) => body.blocks.map((block) => block.text.text)).join('\n');
  expect(text.match(/answer \d+$/gm)).toEqual(Array.from({ length: 40 }, (_, n) => `answer ${n + 1}`));
});

test('when Slack does not take a list, its messages go one by one, and only those that it refuses are set aside', async () => {
  for (let n = 1; n <= 7; n++) await record(`alarm ${n}`);
  slack.next = [INVALID_BLOCKS, INVALID_BLOCKS];
  for (let turn = 0; turn < 9; turn++) {
    await perform();
    await pass(1);
  }
  expect(said()).toEqual([2, 3, 4, 5, 6, 7].map((n) => `alarm ${n}`));
  expect(await listDeadLetters(database.db)).toMatchObject([{ reason: 'Slack answered 400 invalid_blocks' }]);
});

test('while Deskwright only watches nothing is sent, and what was recorded then is not sent later', async () => {
  await recordActivation(database.db, {
    mode: 'observe',
    scope: 'all',
    groupId: null,
    groupName: null,
    who: 'test',
    why: null,
  });
  await record('watched');
  await perform();
  expect([slack.requests, await states()]).toEqual([[], ['observed']]);
  await recordActivation(database.db, {
    mode: 'act',
    scope: 'new_tickets',
    groupId: null,
    groupName: null,
    who: 'test',
    why: null,
  });
  await record('acting');
  await perform();
  await pass(1);
  await perform();
  expect([said(), await states()]).toEqual([['acting'], ['cancelled', 'done']]);
});

test('a message to a channel without an address waits for one, up to a week', async () => {
  await record('one');
  await perform(['support']);
  expect(await rows()).toMatchObject([{ state: 'waiting', lastError: 'SLACK_WEBHOOK_URL_LEADS is not set' }]);
  await pass(60);
  await perform();
  expect(said()).toEqual(['one']);
  await record('two');
  await perform(['support']);
  await database.db.execute(sql`UPDATE outbox SET created_at = created_at - interval '8 days' WHERE state = 'waiting'`);
  await pass(60);
  await perform();
  expect([said(), await states()]).toEqual([['one'], ['done', 'cancelled']]);
});

test('neither the log nor the database ever has an address, which is a secret', async () => {
  await record('one');
  for (const answer of [BROKEN, 'cut', busy('1'), NO_SERVICE] as const) {
    slack.next = [answer];
    await perform();
    await pass(60);
  }
  const kept = JSON.stringify([await rows(), logged]);
  expect(kept).toContain('no_service');
  expect(kept).not.toContain('/services/');
});
