import express from 'express';
import request from 'supertest';
import { renderMrkdwn } from './render-mrkdwn.ts';
import { SLACK_API_PATH, SLACK_BOT_TOKEN, slackChannelId, slackRouter, slackWebhookPath } from './slack-router.ts';
import { createSlackWorkspace } from './slack-workspace.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');
let now = NOON;
beforeEach(() => {
  now = NOON;
});

function aSlack() {
  const slack = createSlackWorkspace(() => now);
  const app = express().use(slackRouter(slack, () => now));
  const post = (body: string | object, path = slackWebhookPath('leads')) =>
    request(app)
      .post(path)
      .set('content-type', typeof body === 'string' ? 'text/plain' : 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  return { slack, app, post };
}
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

test('takes a message, as JSON or as a form, and shows it in its channel, escaped', async () => {
  const { app, slack, post } = aSlack();
  const text = '*Refund*: 41 &lt;script&gt; <https://x.test/a?b=1&amp;c=2|open> <script>alert(1)</script>';
  const answer = await post({ text: 'for notifications', blocks: [section(text)] });
  expect([answer.status, answer.text]).toEqual([200, 'ok']);
  await request(app)
    .post(slackWebhookPath('support'))
    .type('form')
    .send({ payload: JSON.stringify({ text: 'plain' }) })
    .expect(200, 'ok');
  expect(slack.posts().map(({ channel }) => channel)).toEqual(['support', 'leads']);
  const page = await request(app).get('/slack?channel=leads').expect(200);
  expect(page.text).toContain('<strong>Refund</strong>: 41 &lt;script&gt; <a href="https://x.test/a?b=1&amp;c=2"');
  expect(page.text).not.toContain('<script>alert');
  expect(page.text).not.toContain('plain</p>');
  expect(page.text).toContain('data-refresh-s="2"');
});

test.each([
  ['no JSON', 'hello', 400, 'invalid_payload'],
  ['nothing to say', {}, 400, 'no_text'],
  ['an empty section', { text: 'x', blocks: [section('')] }, 400, 'invalid_blocks'],
  ['a section that is too long', { text: 'x', blocks: [section('x'.repeat(3_001))] }, 400, 'invalid_blocks'],
  ['too many blocks', { text: 'x', blocks: Array.from({ length: 51 }, () => section('x')) }, 400, 'invalid_blocks'],
])('refuses %s as Slack does', async (_what, body, status, word) => {
  const answer = await aSlack().post(body);
  expect([answer.status, answer.text]).toEqual([status, word]);
});

test('knows no webhook of another team or with another secret', async () => {
  const { post } = aSlack();
  for (const path of ['/slack/services/T1/B0LEADS/local', '/slack/services/T0NORTHWIND/B0LEADS/guess'])
    expect(await post({ text: 'x' }, path)).toMatchObject({ status: 404, text: 'no_service' });
});

test('takes short bursts, and one message a second and channel', async () => {
  const { slack, post } = aSlack();
  const answers = [];
  for (let n = 0; n < 7; n++) answers.push(await post({ text: String(n) }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(answers[5]?.headers['retry-after']).toBe('1');
  await post({ text: 'elsewhere' }, slackWebhookPath('support')).expect(200);
  now += 1_000;
  await post({ text: 'later' }).expect(200);
  await post({ text: 'too soon' }).expect(429);
  expect(slack.posts('leads')).toHaveLength(6);
});

test('a bot’s message gets an id, and is answered in its thread; a broadcast answer stands in the channel too', async () => {
  const { app, slack } = aSlack();
  const say = (fields: Record<string, string>, token = SLACK_BOT_TOKEN) =>
    request(app)
      .post(`${SLACK_API_PATH}chat.postMessage`)
      .set('authorization', `Bearer ${token}`)
      .type('form')
      .send({ channel: slackChannelId('leads'), ...fields });
  const first = await say({ text: 'first', blocks: JSON.stringify([section('*first*')]) }).expect(200);
  expect(first.body).toMatchObject({ ok: true, channel: 'C0LEADS', ts: expect.stringMatching(/^\d{10}\.\d{6}$/) });
  const { ts } = first.body as { ts: string };
  await say({ text: 'reply', thread_ts: ts }).expect(200);
  await say({ text: 'shown twice', thread_ts: ts, reply_broadcast: 'true' }).expect(200);
  expect((await say({ text: 'x', thread_ts: '1.2' })).body).toEqual({ ok: false, error: 'thread_not_found' });
  expect((await say({ text: 'x' }, 'xoxb-guess')).body).toEqual({ ok: false, error: 'invalid_auth' });
  expect((await say({ text: 'x', channel: '#leads' })).body).toEqual({ ok: false, error: 'channel_not_found' });
  expect(slack.posts().map(({ text, threadTs }) => [text, threadTs])).toEqual([
    ['shown twice', ts],
    ['reply', ts],
    ['first', null],
  ]);
  const page = (await request(app).get('/slack')).text;
  expect([page.split('>reply<').length, page.split('>shown twice<').length]).toEqual([2, 3]);
  await say({ text: 'x' });
  const busy = await say({ text: 'too soon' });
  expect([busy.status, busy.headers['retry-after'], busy.body]).toEqual([
    429,
    '1',
    { ok: false, error: 'ratelimited' },
  ]);
});

test.each([
  ['a *b* _c_ ~d~ `e`', 'a <strong>b</strong> <em>c</em> <s>d</s> <code>e</code>'],
  ['2*3*4 snake_case_name', '2*3*4 snake_case_name'],
  ['<javascript:alert(1)|x>', '<span class="badge plain">x</span>'],
  ['<!channel> &amp;lt;', '<span class="badge plain">!channel</span> &amp;lt;'],
  [
    '<https://x.test/"onclick=>',
    '<a href="https://x.test/&quot;onclick=" target="_blank" rel="noreferrer">https://x.test/&quot;onclick=</a>',
  ],
])('renders %s', (text, markup) => expect(renderMrkdwn(text).markup).toBe(markup));
