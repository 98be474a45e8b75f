// Measures the time from a customer's answer to the message in Slack, beside posting one to the same Slack directly.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { slackWebhookPath, startLocalZendesk } from '@deskwright/local-zendesk';
import pg from 'pg';
import { startEmbeddedPostgres } from '../service/dist/platform/storage/embedded-postgres.js';
import { hashSurveyToken } from '../service/dist/surveys/survey-links.js';
import { freePort, startService } from './built-service.js';
import { keep, sized, verdict } from './part.js';

/** One each, so that none waits for another: after five within a minute a channel gets a list. */
const ANSWERS = sized(5, 1);
/** "Within seconds." Milliseconds. */
const AIM = 5_000;
const LONGEST_MS = 300_000;

const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
const policy = join(directory, 'deskwright.yaml');
writeFileSync(
  policy,
  `version: 1
company: Northwind Outdoor
time_zone: UTC
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
surveys: { nps: { expires: 14d, slack: [{ channel: all }] } }
`,
);
const postgres = await startEmbeddedPostgres(directory);
const zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0 });
const address = (channel) => `${zendesk.url}${slackWebhookPath(channel)}`;
const service = await startService(zendesk, await freePort(), {
  DATABASE_URL: postgres.url,
  DESKWRIGHT_POLICY: policy,
  SLACK_WEBHOOK_URL_ALL: address('all'),
});
const database = new pg.Client(postgres.url);
try {
  await database.connect();
  await database.query(`INSERT INTO activations (mode, who) VALUES ('act', 'bench')`);
  /** @type {Record<'ours' | 'rival', number[]>} */
  const times = { ours: [], rival: [] };
  for (let n = 0; n < ANSWERS; n++) {
    times.ours.push(await answer(n));
    times.rival.push(await postDirectly(n));
  }
  const [slowest, median] = [Math.max(...times.ours), middle(times.ours)];
  console.log(
    `${ANSWERS} answers, from the button to the message in Slack: ${median.toFixed(0)} ms (median), ${slowest.toFixed(0)} ms at most`,
  );
  console.log(`posted to Slack directly: ${middle(times.rival).toFixed(1)} ms (median)`);
  console.log(`aim: at most ${AIM} ms: ${verdict(slowest <= AIM)}`);
  keep({
    figures: {
      'answer to slack, ms': median,
      'answer to slack at most, ms': slowest,
      'posted directly, ms': middle(times.rival),
    },
  });
} finally {
  await database.end();
  service.child.kill();
  await service.ended;
  await zendesk.stop();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** Milliseconds until it is in Slack. */
async function answer(n) {
  const token = randomBytes(32).toString('base64url');
  await database.query(
    `INSERT INTO invitations (cause, survey, requester_id, state, due_at, token_hash, recipient, locale, sent_at, expires_at)
     VALUES ('campaign', 'nps', $1, 'sent', now(), $2, $3, 'en', now() - interval '1 hour', now() + interval '1 day')`,
    [n + 1, hashSurveyToken(token), `customer-${n}@bench.test`],
  );
  const link = `${service.url}/s/${token}`;
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x64) Chrome/131.0.0.0', 'accept-language': 'en' };
  const page = await (await fetch(link, { headers })).text();
  const form = /name="form" value="([\w-]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({
    form,
    score: '3',
    comment: `Answer ${n}`,
    used: 'v9000.p4.t0.k9.c2.s1',
    more: '',
  });
  const before = zendesk.slack.posts('all').length;
  const began = performance.now();
  await fetch(link, { method: 'POST', headers, body, redirect: 'manual' });
  while (zendesk.slack.posts('all').length === before) {
    if (performance.now() - began > LONGEST_MS) throw new Error('The answer did not reach Slack within a minute.');
    await sleep(5);
  }
  return performance.now() - began;
}

async function postDirectly(n) {
  const began = performance.now();
  await fetch(address('rival'), { method: 'POST', body: JSON.stringify({ text: `Answer ${n}` }) });
  return performance.now() - began;
}

function middle(times) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}
