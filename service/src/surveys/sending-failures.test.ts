import { randomBytes } from 'node:crypto';
import type { MailSender } from '../mail/mail-sender.ts';
import { claimDueInvitations, releaseInvitations } from './claim-due-invitations.ts';
import { listDeadLetteredInvitations, retryDeadLetteredInvitations } from './dead-lettered-invitations.ts';
import { invitations } from './tables.ts';
import { createSendingFixture, type SendingFixture } from './testing/sending-fixture.ts';
import { startSmtpCatcher } from './testing/smtp-catcher.ts';
import { MONDAY_NOON } from './testing/survey-fixtures.ts';

const DAY = 86_400_000;

let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.reset());
afterEach(() => fixture.close());

test('with the mail server unavailable the run ends early and every mail is retried with growing delays', async () => {
  await fixture.givenDueFromMany(12);
  await fixture.smtp().stop();
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0, mailServerUnavailable: true });

  const rows = await fixture.stored();
  expect(rows.every(({ state, tokenHash, sentAt }) => state === 'scheduled' && !tokenHash && !sentAt)).toBe(true);
  const tried = rows.filter(({ attempts }) => attempts === 1);
  expect(tried.length).toBeGreaterThan(0);
  expect(tried.length).toBeLessThanOrEqual(4);
  expect(tried[0]?.claimedUntil).toEqual(new Date(MONDAY_NOON.getTime() + 60_000));
  expect(rows.filter(({ attempts }) => attempts === 0).every(({ claimedUntil }) => claimedUntil === null)).toBe(true);
});

test('surveys that fail by themselves keep no others from being sent', async () => {
  await fixture.givenDueFromMany(12);
  let drawn = 0;
  const failing = (size: number) => {
    drawn += 1;
    if (drawn <= 5) throw new Error('odd');
    return randomBytes(size);
  };
  await expect(fixture.send({ randomBytes: failing })).rejects.toMatchObject({
    message: expect.stringMatching(/^5 failed/),
    cause: { message: 'odd' },
  });
  const states = (await fixture.stored()).map(({ state }) => state);
  expect(states.filter((state) => state === 'sent')).toHaveLength(7);
  expect(states.filter((state) => state === 'scheduled')).toHaveLength(5);
});

test('an hour without mail server loses no survey, tries a few a minute, and sends each once afterwards', async () => {
  const MINUTE = 60_000;
  await fixture.givenDueFromMany(30);
  const port = Number(new URL(fixture.smtp().url).port);
  await fixture.smtp().stop();
  let tries = 0;
  const { mail } = fixture.with((deps) => deps);
  const counted: MailSender = {
    send: (one) => {
      tries += 1;
      return mail.send(one);
    },
    close: () => undefined,
  };
  for (let minute = 0; minute < 60; minute += 1) {
    fixture.setTime(minute * MINUTE);
    await fixture.send({ mail: counted });
  }
  expect(tries).toBeLessThanOrEqual(60 * 4);
  expect((await fixture.stored()).every(({ state }) => state === 'scheduled')).toBe(true);

  const back = await startSmtpCatcher(port);
  for (let minute = 60; minute < 65; minute += 1) {
    fixture.setTime(minute * MINUTE);
    await fixture.send();
  }
  await back.waitFor(30);
  expect(back.mails).toHaveLength(30);
  expect(new Set(back.mails.map(({ to }) => JSON.stringify(to))).size).toBe(30);
  expect((await fixture.stored()).every(({ state }) => state === 'sent')).toBe(true);
  await back.stop();
});

test('a process whose lease has expired does not overwrite what another has done since', async () => {
  const due = await fixture.givenDue(7);
  let rival: Promise<unknown> | null = null;
  const slow = fixture.send({
    person: async () => {
      // Zendesk answers so late that another process has claimed the survey and sent it.
      fixture.setTime(6 * 60_000);
      rival ??= fixture.send();
      await rival;
      throw new Error('Zendesk did not answer');
    },
  });
  await expect(slow).resolves.toMatchObject({ sent: 0 });
  await expect(fixture.stored()).resolves.toMatchObject([
    { id: due.id, state: 'sent', attempts: 0, detail: null, claimedUntil: null },
  ]);
  expect(fixture.smtp().mails).toHaveLength(1);
});

test('a claim is released only by the process that holds it', async () => {
  const { db } = fixture.database;
  await fixture.givenDue(7);
  const late = await claimDueInvitations(db, fixture.now(), 1);
  fixture.setTime(6 * 60_000);
  const inTime = await claimDueInvitations(db, fixture.now(), 1);
  expect(inTime).toHaveLength(1);
  await releaseInvitations(db, late);
  expect(await claimDueInvitations(db, fixture.now(), 1)).toEqual([]);
  await releaseInvitations(db, inTime);
  expect(await claimDueInvitations(db, fixture.now(), 1)).toHaveLength(1);
});

test('a survey that could not be sent for three days is dead-lettered and can be retried', async () => {
  await fixture.givenDue();
  fixture.smtp().setMode('greylists');
  await fixture.send();
  fixture.setTime(3 * DAY + 60_000);
  await expect(fixture.send()).resolves.toMatchObject({ failed: 1 });
  const failed = await listDeadLetteredInvitations(fixture.database.db, 'https://surveys.northwind.test');
  expect(failed).toMatchObject([{ ticketId: 7, reason: 'mail_undeliverable', detail: expect.stringContaining('450') }]);

  fixture.smtp().setMode('accepts');
  await expect(retryDeadLetteredInvitations(fixture.database.db, fixture.now())).resolves.toBe(1);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
});

test('a refused address ends the invitation and does not count as a contact', async () => {
  await fixture.givenDue(7);
  fixture.smtp().setMode('refuses_recipient');
  await fixture.send();
  fixture.smtp().setMode('accepts');
  await fixture.givenDue(8);
  await fixture.send();
  await expect(fixture.stored()).resolves.toMatchObject([
    { state: 'cancelled', reason: 'mail_recipient_refused', detail: expect.stringContaining('550') },
    { state: 'sent' },
  ]);
});

test('a mail in doubt is dead-lettered, not repeated, names its Message-ID, and counts as a contact', async () => {
  await fixture.givenDue(7);
  fixture.smtp().setMode('disconnects_after_message');
  await expect(fixture.send()).resolves.toMatchObject({ failed: 1 });
  fixture.smtp().setMode('accepts');
  await fixture.givenDue(8);
  await fixture.send();

  expect(fixture.smtp().mails).toHaveLength(1);
  const [failed] = await listDeadLetteredInvitations(fixture.database.db, 'https://surveys.northwind.test');
  expect(failed).toMatchObject({ reason: 'mail_in_doubt', messageId: fixture.smtp().mails[0]?.messageId });
  expect(failed?.sentence).toMatch(new RegExp(`begins with survey\\.${failed?.id}\\.7\\.\\d+\\.$`));
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'parked' }, { reason: 'contacted_recently' }]);
});

test('when a process dies during the hand-over, the invitation is dead-lettered and no second mail is sent', async () => {
  await fixture.givenDue();
  const dies: MailSender = {
    send: () => {
      throw new Error('the process ends here');
    },
    close: () => undefined,
  };
  await expect(fixture.send({ mail: dies })).rejects.toThrow('the process ends here');
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'sending', tokenHash: expect.any(Buffer) }]);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0, failed: 0 });

  fixture.setTime(11 * 60_000);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0, failed: 1 });
  await expect(fixture.stored()).resolves.toMatchObject([
    { state: 'parked', reason: 'mail_in_doubt', tokenHash: expect.any(Buffer) },
  ]);
  expect(fixture.smtp().mails).toHaveLength(0);
});

test('when a process dies before the hand-over, another sends the invitation', async () => {
  await fixture.givenDue();
  await fixture.database.db.update(invitations).set({ claimedUntil: new Date(MONDAY_NOON.getTime() + 60_000) });
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0 });
  fixture.setTime(60_000);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
});

test('while the customer cannot be read from Zendesk, the survey waits', async () => {
  await fixture.givenDue();
  const away = async () => {
    throw new Error('503');
  };
  await expect(fixture.send({ person: away })).resolves.toMatchObject({ retried: 1 });
  await expect(fixture.stored()).resolves.toMatchObject([{ state: 'scheduled', attempts: 1 }]);
  fixture.setTime(60_000);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
});

test('at shutdown nothing new is started and no claim remains', async () => {
  await fixture.givenDueFromMany(3);
  const shutdown = new AbortController();
  const person = async (id: number) => {
    shutdown.abort();
    return fixture.people.get(id) ?? null;
  };
  await fixture.send({ person, signal: shutdown.signal });
  const rows = await fixture.stored();
  const untouched = rows.filter(({ state }) => state === 'scheduled');
  expect(untouched.every(({ claimedUntil }) => claimedUntil === null)).toBe(true);
  await expect(fixture.send()).resolves.toMatchObject({ sent: untouched.length });
});
