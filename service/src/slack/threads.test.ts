import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createSlackWorkspace,
  SLACK_API_PATH,
  SLACK_BOT_TOKEN,
  type SlackWorkspace,
  slackChannelId,
  slackRouter,
} from '@deskwright/local-zendesk';
import { sql } from 'drizzle-orm';
import express from 'express';
import { silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { listDeadLetters, recordEffect, recordEffects } from '../platform/outbox/entries.ts';
import { createOutbox } from '../platform/outbox/outbox.ts';
import { createSlackSender } from './create-slack-sender.ts';
import { slackEffect } from './slack-effect.ts';
import { SLACK_MESSAGE, type SlackMessage } from './slack-message.ts';

let database: TestDatabase;
let slack: SlackWorkspace;
let server: Server;
/** Of Slack, whose limits are so never reached. */
let now = Date.parse('2026-03-01T12:00:00Z');
let isDown = false;
beforeAll(async () => {
  database = await createTestDatabase({ stoppedClock: true });
});
beforeEach(async () => {
  await database.clear();
  isDown = false;
  slack = createSlackWorkspace(() => (now += 60_000));
  const app = express().use((_request, response, next) => (isDown ? void response.sendStatus(503) : next()));
  await new Promise<void>((resolve) => {
    server = app.use(slackRouter(slack, () => now)).listen(0, '127.0.0.1', () => resolve());
  });
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});
afterAll(() => database.drop());

const say = (text: string, as: NonNullable<SlackMessage['thread']>['as'], key = 'answer:1') =>
  recordEffect(database.db, SLACK_MESSAGE, {
    key: `${text} ${key}`,
    subjectId: null,
    payload: { channel: 'leads', summary: [text], lines: [], thread: { key, as } },
  });

/** Performs what is due, turn after turn. */
async function perform(token = SLACK_BOT_TOKEN, turns = 4): Promise<void> {
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${SLACK_API_PATH}`;
  const sender = createSlackSender({ leads: { channelId: slackChannelId('leads'), token, apiUrl } });
  const kind = slackEffect({ sender, country: () => 'US', clock: Date.now, limits: { workMs: 0 } });
  for (let turn = 0; turn < turns; turn++) {
    await createOutbox({ db: database.db, kinds: [kind], logger: silentLogger, random: () => 0.5 }).perform();
    await database.db.execute(sql`UPDATE write_budget SET refilled_at = refilled_at - interval '1 minute',
      blocked_until = blocked_until - interval '1 minute'`);
    await database.db.execute(sql`UPDATE outbox SET due_at = due_at - interval '1 minute' WHERE state = 'waiting'`);
  }
}
/** Oldest first: the text, which one it answers, and whether it stands in the channel too. */
const posted = () => {
  const posts = slack.posts('leads');
  return posts.toReversed().map(({ text, threadTs, broadcast }) => {
    const answers = posts.find(({ ts }) => ts === threadTs)?.text ?? null;
    return [text, answers, broadcast];
  });
};

test('a reply stands in the thread of the first message, and a correction in the channel too', async () => {
  await say('first', 'first');
  await say('of another', 'first', 'answer:2');
  await say('reply', 'reply');
  await say('correction', 'correction');
  await perform();
  expect(posted()).toEqual([
    ['first', null, false],
    ['of another', null, false],
    ['reply', 'first', false],
    ['correction', 'first', true],
  ]);
});

test('what began in a list is answered below the list', async () => {
  for (let n = 1; n <= 7; n++) await say(`answer ${n}`, 'first', `answer:${n}`);
  await perform();
  await say('reply', 'reply', 'answer:3');
  await perform();
  expect(posted()).toEqual([
    ['7 messages', null, false],
    ['reply', '7 messages', false],
  ]);
});

test('a reply whose first message is gone, or was never posted by a bot, is a message of its own', async () => {
  await say('never posted', 'reply', 'answer:9');
  await say('first', 'first');
  await perform();
  await database.db.execute(sql`UPDATE slack_threads SET ts = '1.000001'`);
  await say('reply', 'reply');
  await perform();
  expect(posted()).toEqual([
    ['never posted', null, false],
    ['first', null, false],
    ['reply', null, false],
  ]);
  expect(await listDeadLetters(database.db)).toEqual([]);
});

test('nothing is lost while Slack is down, and afterwards the channel gets one list', async () => {
  isDown = true;
  const entries = Array.from({ length: 60 }, (_, n) => ({
    key: `k${n}`,
    subjectId: null,
    payload: { channel: 'leads', summary: [`answer ${n}`], lines: [] },
  }));
  await recordEffects(database.db, SLACK_MESSAGE, entries);
  await perform(SLACK_BOT_TOKEN, 60);
  expect(posted()).toEqual([]);
  isDown = false;
  await perform();
  expect(posted()).toEqual([['60 messages', null, false]]);
});

test('a wrong token is told to operators, with what to do, and never kept', async () => {
  await say('first', 'first');
  await perform('xoxb-wrong');
  const [dead] = await listDeadLetters(database.db);
  expect(dead).toMatchObject({ reason: 'Slack answered invalid_auth' });
  expect(SLACK_MESSAGE.advise(dead?.reason ?? '')).toContain('the bot is in the channel');
  const { rows } = await database.db.execute(sql`SELECT * FROM outbox`);
  expect(JSON.stringify(rows)).not.toContain('xoxb');
});
