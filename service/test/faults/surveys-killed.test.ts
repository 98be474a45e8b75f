// Tests killing the process that sends surveys while thousands are due at once.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { asc } from 'drizzle-orm';
import { listDeadLetteredInvitations } from '../../src/surveys/index.ts';
import { invitations } from '../../src/surveys/tables.ts';
import { type SmtpCatcher, startSmtpCatcher } from '../../src/surveys/testing/smtp-catcher.ts';
import { aPolicy } from '../../src/surveys/testing/survey-fixtures.ts';
import { until } from '../../testing/start-harness.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';

const SENDER = fileURLToPath(new URL('../../testing/send-surveys.js', import.meta.url));
const INVITATIONS = Number(process.env['SURVEYS_DUE'] ?? 1_000);
/** Killed when so many mails have arrived. */
const KILLS = [1, 0.2 * INVITATIONS, 0.2 * INVITATIONS + 1, 0.5 * INVITATIONS, 0.8 * INVITATIONS];
/** Mails that one process hands over at the same time. */
const AT_ONCE = 4;

let database: TestDatabase;
let smtp: SmtpCatcher;
let child: ChildProcess | null = null;
beforeAll(async () => {
  database = await createTestDatabase();
  smtp = await startSmtpCatcher();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await smtp.stop();
  await database.drop();
});

async function givenDue(count: number): Promise<void> {
  const { $client } = database.db;
  await $client.query(
    `INSERT INTO tickets (id, subject, description, status, tags, requester_id, created_at, updated_at, snapshot_at, solved_at)
     SELECT n, 'My tent leaks', 'It rained.', 'solved', '{}', n, now() - interval '3 days', now(), now(), now() - interval '1 hour'
     FROM generate_series(1, $1::int) n`,
    [count],
  );
  await $client.query(
    `INSERT INTO invitations (ticket_id, solved_at, survey, category, requester_id, due_at)
     SELECT n, now() - interval '1 hour', 'csat', 'other', n, now() - interval '1 minute' FROM generate_series(1, $1::int) n`,
    [count],
  );
}

/** Each process begins hours later than the one before, when the claims of that one are over. */
function startSender(hoursLater: number): ChildProcess {
  const started = fork(SENDER);
  started.send({ databaseUrl: database.url, smtpUrl: smtp.url, policy: aPolicy(), hoursLater });
  return started;
}

test('of thousands due at once none is sent twice and none is lost, but a few that are named', async () => {
  await givenDue(INVITATIONS);
  for (const [times, mails] of KILLS.entries()) {
    child = startSender(times);
    const ended = once(child, 'exit');
    await until('mails have arrived', () => smtp.mails.length >= mails, 300_000);
    child.kill('SIGKILL');
    await ended;
  }
  child = startSender(KILLS.length);
  await once(child, 'exit');

  const stored = await database.db.select().from(invitations).orderBy(asc(invitations.id));
  const addressees = smtp.mails.map(({ to }) =>
    [to]
      .flat()
      .map((one) => one?.text ?? '')
      .join(),
  );
  expect(addressees).toHaveLength(new Set(addressees).size);
  const sent = stored.filter(({ state }) => state === 'sent');
  const parked = stored.filter(({ state }) => state === 'parked');
  expect(sent.length + parked.length).toBe(INVITATIONS);
  expect(parked.length).toBeLessThanOrEqual(KILLS.length * AT_ONCE);
  const arrived = new Set(addressees.map((one) => /customer-\d+@example\.com/.exec(one)?.[0]));
  expect(sent.filter(({ recipient }) => !arrived.has(recipient ?? ''))).toEqual([]);
  const named = await listDeadLetteredInvitations(database.db, 'https://surveys.northwind.test');
  expect(named.map(({ ticketId }) => ticketId)).toEqual(parked.map(({ ticketId }) => ticketId));
  for (const { reason, messageId, sentence } of named) {
    expect(reason).toBe('mail_in_doubt');
    expect(sentence).toContain(/^<(survey\.\d+\.\d+\.\d+)\.[\da-f]{32}@/.exec(messageId)?.[1]);
  }
}, 900_000);
