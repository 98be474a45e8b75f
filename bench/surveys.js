// Measures how many surveys that are due at the same time are prepared, and handed to an SMTP server, a second, beside mails sent without any records.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { policySchema } from '@deskwright/shared';
import pg from 'pg';
import { createSmtpMailSender } from '../service/dist/mail/create-smtp-mail-sender.js';
import { migrate } from '../service/dist/platform/storage/database.js';
import { startEmbeddedPostgres } from '../service/dist/platform/storage/embedded-postgres.js';
import { keep, sized } from './part.js';

const DUE = sized(Number(process.env['BENCH_SURVEYS'] ?? 100_000), 40);
const PREPARED = sized(10_000, 20);
const RIVAL = sized(10_000, 20);
/** As many as the service opens. */
const CONNECTIONS = 4;

const policy = policySchema.parse({
  version: 1,
  company: 'Northwind Outdoor',
  time_zone: 'America/New_York',
  tiers: [{ id: 't1', name: 'Tier 1', group: 'Support' }],
  categories: [{ id: 'other', name: 'Other', tier: 't1' }],
  default_category: 'other',
  surveys: { csat: { delay: '24h', expires: '14d', remind_after: '5d' }, contact_at_most_every: '30d' },
});

const [load = 0] = loadavg();
const directory = mkdtempSync(join(tmpdir(), 'deskwright-bench-'));
const postgres = await startEmbeddedPostgres(directory);
const sink = fork(fileURLToPath(new URL('surveys/smtp-sink.js', import.meta.url)));
const [{ port }] = await once(sink, 'message');
const smtpUrl = `smtp://127.0.0.1:${port}`;
const client = new pg.Client(postgres.url);
try {
  await migrate(postgres.url);
  await client.connect();
  const prepared = await sendAll(0, PREPARED, null);
  const handed = await sendAll(PREPARED, DUE, smtpUrl);
  const rival = await sendWithoutRecords();
  const arrived = await countArrived();
  console.log(
    `${DUE.toLocaleString('en-US')} surveys of as many customers, due at the same time; one worker, ${CONNECTIONS} connections`,
  );
  line('prepared: ledger, checks, link, text', prepared);
  line('and handed to SMTP', handed);
  line('nodemailer alone, nothing recorded', rival);
  const ratio = handed.perSecond / rival.perSecond;
  console.log(
    `  ratio ${ratio.toFixed(2)}; most memory of the worker ${Math.round(handed.maxRssMb)} MB; load of the machine before: ${load.toFixed(1)}`,
  );
  if (arrived.mails !== DUE + RIVAL || arrived.twice > 0) {
    console.log(`  ${arrived.mails} mails arrived, ${arrived.twice} addressees had two: WRONG`);
    process.exitCode = 1;
  }
  keep({
    ratios: { 'against nodemailer alone': ratio },
    figures: {
      'prepared a second': prepared.perSecond,
      'handed to SMTP a second': handed.perSecond,
      'most memory in MB': handed.maxRssMb,
    },
  });
} finally {
  sink.kill();
  await client.end();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** @param {string} what @param {{ perSecond: number, seconds: number }} measured */
function line(what, { perSecond, seconds }) {
  console.log(`  ${what.padEnd(38)} ${perSecond.toFixed(0).padStart(6)}/s  (${seconds.toFixed(0)} s)`);
}

/** Tickets and customers are numbered from `after` + 1. @param {number} after @param {number} count @param {string | null} to an SMTP server; null: none */
async function sendAll(after, count, to) {
  await client.query(
    `INSERT INTO tickets (id, subject, description, status, tags, requester_id, created_at, updated_at, snapshot_at, solved_at)
     SELECT n, 'My tent leaks', 'It rained.', 'solved', '{}', n, now() - interval '3 days', now(), now(), now() - interval '1 hour'
     FROM generate_series($1::int + 1, $1::int + $2::int) n`,
    [after, count],
  );
  await client.query(
    `INSERT INTO invitations (ticket_id, solved_at, survey, category, requester_id, due_at)
     SELECT n, now() - interval '1 hour', 'csat', 'other', n, now() - interval '1 minute' FROM generate_series($1::int + 1, $1::int + $2::int) n`,
    [after, count],
  );
  await client.query('ANALYZE tickets, invitations');
  const sender = fork(fileURLToPath(new URL('../service/testing/send-surveys.js', import.meta.url)));
  const started = performance.now();
  sender.send({ databaseUrl: postgres.url, smtpUrl: to, policy, hoursLater: 0 });
  const [{ summary, maxRssMb }] = await once(sender, 'message');
  const seconds = (performance.now() - started) / 1_000;
  if (summary.sent !== count)
    throw new Error(`${summary.sent} of ${count} surveys were sent: ${JSON.stringify(summary)}`);
  return { perSecond: count / seconds, seconds, maxRssMb };
}

/** Mails of the same size. */
async function sendWithoutRecords() {
  const server = createSmtpMailSender({ url: smtpUrl, from: 'support@northwind.test', connections: CONNECTIONS });
  const [text, html] = ['How was it? '.repeat(100), '<p>How was it?</p>'.repeat(300)];
  let next = 0;
  const started = performance.now();
  const work = async () => {
    while (next < RIVAL) {
      const n = ++next;
      await server.send(
        /** @type {any} */ ({
          to: { name: 'Ana Díaz', address: `rival-${n}@example.com` },
          subject: 'How was it?',
          text,
          html,
          messageId: `<rival.${n}@northwind.test>`,
          headers: {},
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  const seconds = (performance.now() - started) / 1_000;
  server.close();
  return { perSecond: RIVAL / seconds, seconds };
}

/** @returns {Promise<{ mails: number, twice: number }>} */
async function countArrived() {
  sink.send('count');
  const [counted] = await once(sink, 'message');
  return counted;
}
