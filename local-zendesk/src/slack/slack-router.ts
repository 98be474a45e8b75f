// Stands in for Slack: its incoming webhooks, and a page that shows what they were sent.
import express, { Router } from 'express';
import { z } from 'zod';
import { slackPage } from './slack-page.ts';
import type { SlackWorkspace } from './slack-workspace.ts';

const TEAM = 'T0NORTHWIND';
const SECRET = 'local';

/** Where messages for a channel are posted, below the address of the local Zendesk. */
export const slackWebhookPath = (channel: string): string =>
  `/slack/services/${TEAM}/B0${channel.toUpperCase()}/${SECRET}`;

const pageQuery = z.object({ channel: z.string().optional(), still: z.string().optional() });

/** `POST /slack/services/...` for any channel, `GET /slack`. */
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
  return router;
}

/** JSON, or a form with JSON in `payload`; undefined: neither. */
function readBody(body: unknown, contentType: string): unknown {
  if (typeof body !== 'string') return undefined;
  const json = contentType.startsWith('application/x-www-form-urlencoded')
    ? new URLSearchParams(body).get('payload')
    : body;
  try {
    return JSON.parse(json ?? '') as unknown;
  } catch {
    return undefined;
  }
}
