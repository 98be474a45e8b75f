import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { campaigns, invitations } from '../service/src/surveys/tables.ts';
import { type SmtpCatcher, startSmtpCatcher } from '../service/src/surveys/testing/smtp-catcher.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../service/src/surveys/testing/survey-fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../service/testing/test-database.ts';

const SENDER = fileURLToPath(new URL('./survey-sender.js', import.meta.url));
const MINUTE = 60_000;
const SURVEYS = 240;
const KILLS = 4;
/** Mails that one process sends concurrently. */
const CONCURRENT = 4;

const policy = aPolicy({ nps: { every: '90d', expires: '14d', ask_again_after: '30d' } });
let database: TestDatabase;
let smtp: SmtpCatcher;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  smtp = await startSmtpCatcher();
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await smtp.stop();
  await database.drop();
});

function startSender(now: number): ChildProcess {
  const options = { databaseUrl: database.url, smtpUrl: smtp.url, policy, now };
  const child = spawn(process.execPath, [SENDER, JSON.stringify(options)], { stdio: 'inherit' });
  children.push(child);
  return child;
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

const givenCampaignAsk = (requesterId: number, campaignId: number) =>
  database.db
    .insert(invitations)
    .values({ cause: 'campaign', campaignId, survey: 'nps', requesterId, dueAt: MONDAY_NOON });

test('each customer of a solve or a campaign gets exactly one mail however often a sender is killed', async () => {
  const [campaign] = await database.db
    .insert(campaigns)
    .values({ survey: 'nps', repeats: true, startsAt: MONDAY_NOON, endsAt: new Date('2027-02-21'), who: 'ana' })
    .returning({ id: campaigns.id });
  for (let id = 1; id <= SURVEYS; id += 1) {
    await givenTicket(database.db, { id, requesterId: id });
    if (id % 2 === 0) await givenInvitation(database.db, { ticketId: id, requesterId: id });
    else await givenCampaignAsk(id, campaign?.id ?? 0);
  }

  let now = MONDAY_NOON.getTime();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const before = smtp.mails.length;
    const [first, second] = [startSender(now), startSender(now)];
    await smtp.waitFor(before + 20);
    first.kill('SIGKILL');
    second.kill('SIGKILL');
    await Promise.all([ended(first), ended(second)]);
    now += 11 * MINUTE; // Past every lease of the dead.
  }
  await expect(ended(startSender(now))).resolves.toBe(0);

  const arrived = smtp.mails.map(({ messageId }) => Number(messageId?.split('.')[1]));
  expect(new Set(arrived).size).toBe(arrived.length);
  const rows = await database.db.select().from(invitations);
  const inState = (state: string) => rows.filter((row) => row.state === state);
  expect(inState('sent').length + inState('parked').length).toBe(SURVEYS);
  expect(inState('parked').every(({ reason }) => reason === 'mail_in_doubt')).toBe(true);
  expect(inState('parked').length).toBeLessThanOrEqual(KILLS * 2 * CONCURRENT);
  const mailed = new Set(arrived);
  expect(inState('sent').filter(({ id }) => !mailed.has(id))).toEqual([]);
});
