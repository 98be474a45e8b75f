// A local Slack: its incoming webhooks, the bot's `chat.postMessage`, and a page that shows what was sent to them.
import express, { Router } from 'express';
import { z } from 'zod';
import { slackPage } from './slack-page.ts';
import type { SlackWorkspace } from './slack-workspace.ts';

const TEAM = 'T0NORTHWIND';
const SECRET = 'local';

/** Where messages for a channel are posted, below the address of the local Zendesk. */
export const slackWebhookPath = (channel: string): string =>
  `/slack/services/${TEAM}/B0${channel.toUpperCase()}/${SECRET}`;

/** Of the bot's API, below the address of the local Zendesk; the bot's token, and the id of a channel there. */
export const SLACK_API_PATH = '/slack/api/';
export const SLACK_BOT_TOKEN = 'xoxb-local';
export const slackChannelId = (channel: string): string => `C0${channel.toUpperCase()}`;

const pageQuery = z.object({ channel: z.string().optional(), still: z.string().optional() });

/** `POST /slack/services/...` for any channel, `POST /slack/api/chat.postMessage`, `GET /slack`. */
export function slackRouter(slack: SlackWorkspace, now: () => number): Router {
  const router = Router();
  router.get('/slack', (request, response) => {
    const { channel, still } = pageQuery.parse(request.query);
    response.send(slackPage(slack, { channel: channel || undefined, still: still !== undefined, now: now() }));
  });
  router.post(
    '/slack/services/:team/:webhook/:secret',
    express.text({ type: () => true, limit: '1mb' }),
    (request, response) => {
      const { team, webhook, secret } = request.params;
      const [, channel] = /^B0([A-Z0-9_]+)$/.exec(webhook) ?? [];
      const { status, word, retryAfterS } =
        channel === undefined || team !== TEAM || secret !== SECRET
          ? { status: 404, word: 'no_service', retryAfterS: undefined }
          : {
              retryAfterS: undefined,
              ...slack.post(channel.toLowerCase(), readBody(request.body, request.get('content-type') ?? '')),
            };
      if (retryAfterS !== undefined) response.set('retry-after', String(retryAfterS));
      response.status(status).type('html').send(word);
    },
  );
  router.post(
    `${SLACK_API_PATH}chat.postMessage`,
    express.urlencoded({ extended: false, limit: '1mb' }),
    express.json({ limit: '1mb' }),
    (request, response) => {
      const refuse = (error: string) => response.json({ ok: false, error });
      const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
      if (token === undefined) return refuse('not_authed');
      if (token !== SLACK_BOT_TOKEN) return refuse('invalid_auth');
      const { channel, body, thread } = readMessage(request.body);
      if (channel === null) return refuse('channel_not_found');
      const { status, word, retryAfterS, post } = slack.post(channel, body, thread);
      if (status === 429)
        return response.status(429).set('retry-after', String(retryAfterS)).json({ ok: false, error: 'ratelimited' });
      if (post === undefined) return refuse(word);
      return response.json({
        ok: true,
        channel: slackChannelId(channel),
        ts: post.ts,
        message: { text: post.text, ts: post.ts },
      });
    },
  );
  return router;
}

/** The arguments of `chat.postMessage`: https://docs.slack.dev/reference/methods/chat.postMessage. In a form, lists are JSON and everything else is text. */
function readMessage(given: unknown) {
  const { channel, blocks, thread_ts: ts, reply_broadcast: broadcast, ...rest } = z.looseObject({}).parse(given ?? {});
  const [, name] = /^C0([A-Z0-9_]+)$/.exec(typeof channel === 'string' ? channel : '') ?? [];
  return {
    channel: name?.toLowerCase() ?? null,
    body: { ...rest, ...(blocks === undefined ? {} : { blocks: typeof blocks === 'string' ? parse(blocks) : blocks }) },
    ...(typeof ts === 'string' && ts !== '' && { thread: { ts, broadcast: String(broadcast) === 'true' } }),
  };
}

/** JSON, or a form with JSON in `payload`; undefined: neither. */
function readBody(body: unknown, contentType: string): unknown {
  if (typeof body !== 'string') return undefined;
  const json = contentType.startsWith('application/x-www-form-urlencoded')
    ? new URLSearchParams(body).get('payload')
    : body;
  return parse(json ?? '');
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
