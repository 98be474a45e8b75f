import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { silentLogger } from '../../testing/pipeline-deps.ts';
import { readWhatHoldsSurveys } from '../cli/explain/describe-survey.ts';
import { runSkipped, runSwitch, runSwitchStatus } from '../cli/surveys.ts';
import { stopCampaigns } from './campaigns/steer-campaign.ts';
import { listDeadLetteredInvitations, retryDeadLetteredInvitations } from './dead-lettered-invitations.ts';
import { pruneSurveys, surveyErasing } from './erasing.ts';
import { type SurveysDeps, surveysFeature } from './index.ts';
import { checkMail } from './mail-readiness.ts';
import { recordAnswer } from './record-answer.ts';
import { sendInvitationsJob } from './send-due-invitations.ts';
import { sendDueReminders } from './send-due-reminders.ts';
import { findSurvey, hashSurveyToken, unsubscribe } from './survey-links.ts';
import { campaigns, invitations, surveySwitches } from './tables.ts';
import { createSendingFixture, type SendingFixture } from './testing/sending-fixture.ts';
import { aPolicy, MONDAY_NOON } from './testing/survey-fixtures.ts';
import { byAPerson } from './testing/survey-visits.ts';

let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(async () => {
  await fixture.reset();
  fixture.setPolicy(aPolicy({ csat: { delay: '24h', sample: '100%', remind_after: '5d', expires: '14d' } }));
});
afterEach(() => fixture.close());

const DAY = 86_400_000;
const remind = () => fixture.with(sendDueReminders);
/** What the service does every few seconds. */
const runSendingJob = (canSend: boolean) =>
  fixture.with(async (deps) => {
    const { jobs } = surveysFeature({
      ...deps,
      mail: { sender: deps.mail, canSend: () => canSend },
      policy: { current: () => ({ policy: deps.policy() }) },
      directory: { directory: { person: deps.person, nameOf: () => null } },
      config: { publicUrl: deps.publicUrl, zendesk: { baseUrl: '' }, slack: {}, webhookSecrets: ['secret'] },
      metrics: { counted: () => undefined },
      zendesk: {},
      enqueue: async () => undefined,
      onEffect: () => undefined,
      surveyDelayMs: null,
      signal: new AbortController().signal,
    } as unknown as SurveysDeps);
    const sending = jobs?.find(({ definition }) => definition.name === sendInvitationsJob.name);
    await sending?.run({}, { jobId: '1', attempt: 1, signal: new AbortController().signal });
  });
const links = () =>
  fixture.smtp().mails.map(({ text = '' }) => hashSurveyToken(/\/s\/([\w-]+)\?/.exec(text)?.[1] ?? ''));

test('who has not answered is reminded once, in the same thread, and both links lead to the same survey', async () => {
  await fixture.givenDue();
  await fixture.send();
  fixture.setTime(5 * DAY - 1);
  expect(await remind()).toBe(0);
  fixture.setTime(5 * DAY);
  expect(await remind()).toBe(1);
  fixture.setTime(6 * DAY);
  expect(await remind()).toBe(0);

  const [first, reminder] = fixture.smtp().mails;
  expect(reminder?.inReplyTo).toBe(first?.messageId);
  expect(reminder?.messageId).not.toBe(first?.messageId);
  expect(reminder?.subject).toBe(first?.subject);
  const found = await Promise.all(links().map((hash) => findSurvey(fixture.database.db, hash, fixture.now())));
  expect(found).toMatchObject([{ state: 'open' }, { state: 'open' }]);
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'sent', reminder: 'sent', remindAt: null }]);
});

test('a reminder that fails by itself keeps the others from nobody', async () => {
  await fixture.givenDueFromMany(2);
  await fixture.send();
  fixture.setTime(5 * DAY);
  let isFirst = true;
  const failing = (size: number) => {
    if (!isFirst) return randomBytes(size);
    isFirst = false;
    throw new Error('odd');
  };
  const run = fixture.with((deps) => sendDueReminders({ ...deps, randomBytes: failing }));
  await expect(run).rejects.toThrow('odd');
  expect(fixture.smtp().mails).toHaveLength(3);
});

test('two workers at once send one reminder', async () => {
  await fixture.givenDue();
  await fixture.send();
  fixture.setTime(5 * DAY);
  const [one, two] = await Promise.all([remind(), remind()]);
  expect(one + two).toBe(1);
  expect(fixture.smtp().mails).toHaveLength(2);
});

test('nobody is reminded after an answer, after unsubscribing, or once the survey would not be sent any more', async () => {
  for (const ticketId of [7, 8, 9]) {
    fixture.addPerson(500 + ticketId);
    await fixture.givenDue(ticketId, { requesterId: 500 + ticketId });
  }
  await fixture.send();
  const [answered] = await fixture.stored();
  const answer = { ...byAPerson(), score: 4, comment: '', policy: aPolicy(), now: fixture.now() };
  await recordAnswer(
    { db: fixture.database.db, logger: silentLogger },
    { tokenHash: answered?.tokenHash ?? randomBytes(32), ...answer },
  );
  await unsubscribe(fixture.database.db, { email: 'customer-508@example.com', requesterId: 508 }, fixture.now());
  fixture.people.delete(509);
  fixture.setTime(5 * DAY);
  expect(await remind()).toBe(0);
  expect((await fixture.stored()).map(({ reminder, reminderReason }) => [reminder, reminderReason])).toEqual([
    [null, null],
    ['skipped', 'unsubscribed'],
    ['skipped', 'requester_unknown'],
  ]);
});

test('a reminder that the server does not take is tried again, and one whose hand-over is in doubt is parked for an operator', async () => {
  await fixture.givenDue();
  await fixture.send();
  fixture.setTime(5 * DAY);
  fixture.smtp().setMode('greylists');
  expect(await remind()).toBe(0);
  fixture.smtp().setMode('disconnects_after_message');
  fixture.setTime(6 * DAY);
  expect(await remind()).toBe(0);
  fixture.smtp().setMode('accepts');
  fixture.setTime(7 * DAY);
  expect(await remind()).toBe(0);
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'sent', reminder: 'parked', remindAt: null }]);
  const { db } = fixture.database;
  const parked = await listDeadLetteredInvitations(db, 'https://surveys.northwind.test');
  expect(parked).toMatchObject([{ reason: 'mail_in_doubt', messageId: expect.stringContaining('.reminder@') }]);
  expect(parked[0]?.sentence).toMatch(
    /^A reminder: .* begins with survey\.\d+\.7\.\d+, and has \.reminder before the @\.$/,
  );
  await pruneSurveys(db, new Date(), new AbortController().signal);
  expect(await retryDeadLetteredInvitations(db, fixture.now(), 'certain')).toBe(0);
  expect(await retryDeadLetteredInvitations(db, fixture.now())).toBe(1);
  expect(await remind()).toBe(1);
});

test('a reminder in doubt whose customer answers is no longer listed as failed', async () => {
  const { db } = fixture.database;
  await fixture.givenDue();
  await fixture.send();
  fixture.setTime(5 * DAY);
  fixture.smtp().setMode('disconnects_after_message');
  await remind();
  expect(await listDeadLetteredInvitations(db, 'https://surveys.northwind.test')).toHaveLength(1);
  const [asked] = await fixture.stored();
  const answer = { ...byAPerson(), score: 4, comment: '', policy: aPolicy(), now: fixture.now() };
  await recordAnswer({ db, logger: silentLogger }, { tokenHash: asked?.tokenHash ?? randomBytes(32), ...answer });
  expect(await listDeadLetteredInvitations(db, 'https://surveys.northwind.test')).toEqual([]);
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'answered', reminder: 'sent' }]);
});

test('a reminder that is to be tried again after its campaign was stopped is recorded as not sent', async () => {
  const { db } = fixture.database;
  const settings = { survey: 'nps', repeats: true, startsAt: MONDAY_NOON, endsAt: MONDAY_NOON, who: 'ana' } as const;
  const [campaign] = await db.insert(campaigns).values(settings).returning();
  await fixture.givenDue();
  await fixture.send();
  await db.update(invitations).set({ campaignId: campaign?.id ?? 0 });
  fixture.setTime(5 * DAY);
  fixture.smtp().setMode('greylists');
  const stopping = fixture.with((deps) => {
    const send = async (...of: Parameters<typeof deps.mail.send>) => {
      await stopCampaigns(db, campaign?.id ?? 0, { who: 'ana', why: null, now: fixture.now() });
      return deps.mail.send(...of);
    };
    return sendDueReminders({ ...deps, mail: { ...deps.mail, send } });
  });
  expect(await stopping).toBe(0);
  fixture.smtp().setMode('accepts');
  fixture.setTime(6 * DAY);
  expect(await remind()).toBe(0);
  await expect(fixture.stored()).resolves.toMatchObject([
    { reminder: 'skipped', reminderReason: 'campaign_stopped', remindAt: null },
  ]);
});

test.each([
  ['', true],
  [', also while mail cannot be sent', false],
])('a reminder whose process ended while handing it over is dead-lettered, not sent again%s', async (_, canSend) => {
  await fixture.givenDue();
  await fixture.send();
  fixture.setTime(5 * DAY);
  const send = () => Promise.reject(new Error('the process ended'));
  await expect(fixture.with((deps) => sendDueReminders({ ...deps, mail: { ...deps.mail, send } }))).rejects.toThrow(
    'the process ended',
  );
  await expect(fixture.stored()).resolves.toMatchObject([{ reminder: 'sending' }]);
  fixture.setTime(5 * DAY + 3_600_000);
  await runSendingJob(canSend);
  await expect(fixture.stored()).resolves.toMatchObject([{ reminder: 'parked', reminderReason: 'mail_in_doubt' }]);
  expect(fixture.smtp().mails).toHaveLength(1);
});

test('of an erased customer no reminder in doubt is left to retry, also one that was under way', async () => {
  const { db } = fixture.database;
  fixture.addPerson(502);
  await fixture.givenDue();
  await fixture.givenDue(8, { requesterId: 502 });
  await fixture.send();
  await db.update(invitations).set({ reminder: 'parked', reminderReason: 'mail_in_doubt', remindAt: null });
  expect(await listDeadLetteredInvitations(db, 'https://surveys.northwind.test')).toHaveLength(2);
  await db.transaction((tx) =>
    surveyErasing.onEraseCustomers(tx, { ids: [501, 502], addresses: [], now: fixture.now() }),
  );
  const parkedLater = { reminder: 'parked', reminderReason: 'mail_in_doubt' } as const;
  await db.update(invitations).set(parkedLater).where(eq(invitations.requesterId, 502));
  expect(await listDeadLetteredInvitations(db, 'https://surveys.northwind.test')).toEqual([]);
  expect(await retryDeadLetteredInvitations(db, fixture.now(), 'all')).toBe(0);
  await expect(fixture.stored()).resolves.toMatchObject([
    { reminder: 'skipped', reminderReason: 'erased', remindAt: null },
    { remindAt: null },
  ]);
});

test('an operator’s stop holds mails and reminders until surveys go on, and is on record', async () => {
  const { db } = fixture.database;
  const printed: string[] = [];
  const deps = () => ({
    db,
    json: false,
    out: (text: string) => void printed.push(text),
    now: fixture.now(),
    who: 'ana',
  });
  await fixture.givenDue();
  await fixture.send();
  fixture.addPerson(502);
  await fixture.givenDue(8, { requesterId: 502, dueAt: new Date(MONDAY_NOON.getTime() + 5 * DAY) });
  expect(await runSwitch(deps(), 'stop', 'wrong brand.')).toBe(0);
  expect(await runSwitch(deps(), 'stop', 'again')).toBe(1);
  fixture.setTime(5 * DAY);
  expect(await remind()).toBe(0);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0 });
  await runSwitchStatus(deps());
  expect(printed.at(-1)).toBe(`ana stopped all surveys on ${MONDAY_NOON.toISOString()}: wrong brand.`);
  expect(await readWhatHoldsSurveys(db)).toContain('ana stopped all surveys');
  const readiness = checkMail({ db, clock: () => fixture.now().getTime(), isNeeded: () => true });
  expect(await readiness()).toMatchObject({
    ok: true,
    warning: expect.stringContaining('wrong brand; deskwright surveys resume lets them go on'),
  });

  expect(await runSwitch(deps(), 'resume', null)).toBe(0);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
  expect(await remind()).toBe(1);
  expect(await readiness()).not.toHaveProperty('warning');
  expect(await db.select().from(surveySwitches)).toMatchObject([
    { did: 'stop', who: 'ana', why: 'wrong brand.' },
    { did: 'resume', who: 'ana', why: null },
  ]);
});

test('who was left out is counted by reason, of mails and reminders', async () => {
  for (const id of [502, 503]) fixture.addPerson(id);
  await fixture.givenDue(7);
  await fixture.givenDue(8, { requesterId: 502 });
  fixture.addPerson(503, { suspended: true });
  await fixture.givenDue(9, { requesterId: 503 });
  await fixture.send();
  fixture.people.delete(501);
  fixture.setTime(5 * DAY);
  await remind();
  const printed: string[] = [];
  const deps = { db: fixture.database.db, json: false, out: (text: string) => void printed.push(text) };
  expect(await runSkipped({ ...deps, now: fixture.now() }, 30)).toBe(0);
  expect(printed[0]).toContain('1  csat (after a solve): The requester is suspended.');
  expect(printed[0]).toContain('1  csat reminder: The requester no longer exists in Zendesk.');
});

test('reminders not begun when the mail server stops, or the process is stopped, are due at once', async () => {
  await fixture.givenDueFromMany(3);
  await fixture.send();
  fixture.setTime(5 * DAY);
  fixture.smtp().setMode('disconnects_before_message');
  expect(await remind()).toBe(0);
  fixture.smtp().setMode('accepts');
  const stop = new AbortController();
  const person = async (id: number) => {
    stop.abort();
    return fixture.people.get(id) ?? null;
  };
  expect(await fixture.with((deps) => sendDueReminders({ ...deps, person, signal: stop.signal }))).toBe(1);
  expect(await remind()).toBe(1);
  fixture.setTime(5 * DAY + 60_000);
  expect(await remind()).toBe(1);
});

test('a reminder that falls due at night, and a first mail, wait for the customer’s morning', async () => {
  const csat = { delay: '24h', sample: '100%', remind_after: '5d', expires: '14d' };
  fixture.setPolicy(aPolicy({ csat, send_window: { 'mon-sun': '09:00-18:00' } }));
  fixture.addPerson(501, { timeZone: 'Asia/Tokyo' });
  await fixture.givenDue();
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0 });
  await expect(fixture.stored()).resolves.toMatchObject([{ dueAt: new Date('2026-11-24T00:00:00Z'), attempts: 0 }]);
  fixture.setTime(7 * 3_600_000);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
  fixture.setTime(7 * 3_600_000 + 5 * DAY + 10 * 3_600_000);
  expect(await remind()).toBe(0);
  fixture.setTime(6 * DAY + 7 * 3_600_000);
  expect(await remind()).toBe(1);
});
