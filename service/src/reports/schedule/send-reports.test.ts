import type { Policy } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { runFailed } from '../../cli/failed.ts';
import { noteBegin } from '../../history/measures/known-since.ts';
import { createSmtpMailSender } from '../../mail/create-smtp-mail-sender.ts';
import type { MailServer } from '../../mail/mail-sender.ts';
import { recordActivation } from '../../platform/outbox/activation.ts';
import { createOutbox } from '../../platform/outbox/outbox.ts';
import { activations, outbox } from '../../platform/outbox/tables.ts';
import { type SmtpCatcher, startSmtpCatcher } from '../../surveys/testing/smtp-catcher.ts';
import { buildSupportReport } from '../support/build-support-report.ts';
import { aSupportData } from '../testing/support-data.ts';
import type { PolicyReport } from './due-reports.ts';
import { reportMailKind } from './report-mail.ts';
import { recordDueReports } from './send-due-reports.ts';

const LOGGER = { debug() {}, info() {}, warn() {}, error() {}, child: () => LOGGER } as Parameters<
  typeof createOutbox
>[0]['logger'];
const HOUR = 3_600_000;
/** Saturday in New York. */
const EIGHT = Date.parse('2026-11-28T13:00:00Z');
const ANA = 'ana@northwind.test';
const BEN = 'ben@northwind.test';

const aReport = (part: Partial<PolicyReport> = {}): PolicyReport => ({
  id: 'morning',
  every: 'day',
  at: '08:00',
  mail_to: [ANA],
  ...part,
});

let database: TestDatabase;
let smtp: SmtpCatcher;
let server: MailServer;
let now: number;
let reports: PolicyReport[];
let areWhole: boolean;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  smtp = await startSmtpCatcher();
  server = createSmtpMailSender({ url: smtp.url, from: 'Northwind <support@northwind.test>' });
  now = EIGHT;
  reports = [aReport()];
  areWhole = true;
});
afterEach(async () => {
  server.close();
  await smtp.stop();
});
afterAll(() => database.drop());

const policy = () => ({ time_zone: 'America/New_York', reports }) as unknown as Policy;
const make = async () => buildSupportReport(aSupportData());
const record = () =>
  recordDueReports({
    db: database.db,
    policy,
    make,
    areFiguresWhole: async () => areWhole,
    hasAddress: (channel) => channel === 'leads',
    clock: () => now,
  });
const perform = (canSend = true) =>
  createOutbox({
    db: database.db,
    kinds: [
      reportMailKind({
        mail: { sender: server, canSend: () => canSend },
        policy,
        make,
        publicUrl: 'https://support.northwind.test',
        clock: () => now,
      }),
    ],
    logger: LOGGER,
  }).perform();
const states = async () => (await database.db.select().from(outbox).orderBy(outbox.id)).map(({ state }) => state);
const makeDue = () => database.db.execute(sql`UPDATE outbox SET due_at = now() - interval '1 second'`);

test('a report is mailed once to each recipient, however many workers and restarts', async () => {
  reports = [aReport({ mail_to: [ANA, BEN, 'ANA@northwind.test'] })];
  const counts = await Promise.all([record(), record(), record()]);
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(2);
  await Promise.all([perform(), perform()]);
  now += 3 * HOUR;
  await record();
  // The clock is set back.
  now = EIGHT + HOUR;
  await record();
  await perform();
  const recipients = smtp.mails.map(({ to }) => [to].flat()[0]?.text.toLowerCase());
  expect(recipients).toHaveLength(2);
  expect(new Set(recipients)).toEqual(new Set([ANA, BEN]));
});

test('the mail says what it is, in text and HTML', async () => {
  await record();
  await perform();
  const [mail] = smtp.mails;
  expect(mail?.subject).toBe('Northwind Outdoor: daily report, Friday 27 November 2026');
  expect(mail?.text).toContain('First reply: 52 min median');
  expect(mail?.html).toContain('<svg ');
  const header = (name: string) => mail?.headerLines.find(({ key }) => key === name)?.line;
  expect(header('list-id')).toBe('List-ID: <morning.reports.support.northwind.test>');
  expect(header('auto-submitted')).toBe('Auto-Submitted: auto-generated');
  expect(header('list-unsubscribe')).toBeUndefined();
  expect(mail?.messageId).toMatch(/^<report\.morning\.2026-11-28\.[0-9a-f]{16}@support\.northwind\.test>$/);
});

test('a report waits while the figures are of some tickets only', async () => {
  areWhole = false;
  expect(await record()).toBe(0);
  areWhole = true;
  now += HOUR;
  expect(await record()).toBe(1);
});

test('a change of its time on the same day sends it no second time', async () => {
  await record();
  reports = [aReport({ at: '09:00' })];
  now += 2 * HOUR;
  expect(await record()).toBe(0);
  now += 24 * HOUR;
  expect(await record()).toBe(1);
});

test('after days of standstill only the last one goes out', async () => {
  await record();
  now += 5 * 24 * HOUR + HOUR;
  expect(await record()).toBe(1);
});

test('nothing is recorded while Deskwright only watches; the first report after it is activated goes out at its own time', async () => {
  const act = async (mode: 'observe' | 'act', scope?: 'new_tickets') => {
    await recordActivation(database.db, { mode, ...(scope && { scope }), who: 'test' });
    await database.db.update(activations).set({ at: new Date(now) });
  };
  await act('observe');
  expect(await record()).toBe(0);
  now += 26 * HOUR;
  expect(await record()).toBe(0);
  await act('act', 'new_tickets');
  expect(await record()).toBe(0);
  now += 21 * HOUR;
  expect(await record()).toBe(0);
  now += 2 * HOUR;
  expect(await record()).toBe(1);
  await perform();
  expect(await states()).toEqual(['done']);
});

test('what was due before the installation does not go out', async () => {
  now += 2 * HOUR;
  await noteBegin(database.db, new Date(now));
  expect(await record()).toBe(0);
  now = EIGHT + 24 * HOUR;
  expect(await record()).toBe(1);
});

test('it waits while mail cannot be sent, and is dead-lettered after a day', async () => {
  await record();
  await perform(false);
  expect(await states()).toEqual(['waiting']);
  now += 25 * HOUR;
  await makeDue();
  await perform();
  expect(smtp.mails).toEqual([]);
  const printed: string[] = [];
  const failed = { db: database.db, json: false, retry: false, ids: [], out: (line: string) => printed.push(line) };
  expect(await runFailed(failed)).toBe(1);
  expect(printed.join('\n')).toMatch(/A report by mail: it could not be sent within a day\n.*deskwright report daily/);
});

test.each([
  ['refuses_recipient', 'parked'],
  ['refuses_content', 'parked'],
  ['greylists', 'waiting'],
  ['disconnects_before_message', 'waiting'],
  ['disconnects_after_message', 'parked'],
] as const)('when the mail server %s it is %s, and never sent twice', async (mode, state) => {
  smtp.setMode(mode);
  await record();
  await perform();
  expect(await states()).toEqual([state]);
  smtp.setMode('accepts');
  await makeDue();
  await perform();
  expect(smtp.mails.length).toBeLessThanOrEqual(1);
});

test('a recipient or a report that the policy no longer has gets none', async () => {
  reports = [aReport({ mail_to: [ANA, BEN] }), aReport({ id: 'other' })];
  await record();
  reports = [aReport({ mail_to: [BEN] })];
  await perform();
  expect(await states()).toEqual(['cancelled', 'done', 'cancelled']);
});

test('a report goes to Slack once, with its text as it was', async () => {
  reports = [aReport({ mail_to: [], slack: 'leads' }), aReport({ id: 'silent', mail_to: [], slack: 'nowhere' })];
  await Promise.all([record(), record()]);
  now += HOUR;
  expect(await record()).toBe(0);
  const entries = await database.db.select().from(outbox);
  expect(entries).toMatchObject([
    {
      kind: 'slack_message',
      payload: { channel: 'leads', summary: [{ bold: 'Northwind Outdoor: daily report' }, expect.anything()] },
    },
  ]);
});

test('a report that cannot be made keeps no other from being sent, and is tried again', async () => {
  reports = ['broken', 'sound'].map((id) => aReport({ id, mail_to: [], slack: 'leads' }));
  let isBroken = true;
  const recordThose = () =>
    recordDueReports({
      db: database.db,
      policy,
      make: async (due) => {
        if (due.report.id === 'broken' && isBroken) throw new Error('the statement took too long');
        return make();
      },
      areFiguresWhole: async () => true,
      hasAddress: () => true,
      clock: () => now,
    });
  await expect(recordThose()).rejects.toThrow('the statement took too long');
  expect(await states()).toHaveLength(1);
  await expect(recordThose()).rejects.toThrow('the statement took too long');
  isBroken = false;
  expect(await recordThose()).toBe(1);
  expect(await states()).toHaveLength(2);
});
