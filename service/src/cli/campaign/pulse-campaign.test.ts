// Follows a pulse from the start of its campaign by mail and page to the closing of its rounds.

import { randomBytes } from 'node:crypto';
import type { Policy } from '@deskwright/shared';
import express from 'express';
import request from 'supertest';
import { people } from '../../directory/tables.ts';
import { previewCampaign, renewCampaigns } from '../../surveys/campaigns/start-campaign.ts';
import { createSurveyRouter } from '../../surveys/pages/create-survey-router.ts';
import { closePulseRounds } from '../../surveys/pulse/close-pulse-rounds.ts';
import { sendDueReminders } from '../../surveys/send-due-reminders.ts';
import { pulseAnswers, pulseRounds, unsubscribed } from '../../surveys/tables.ts';
import { createSendingFixture, type SendingFixture } from '../../surveys/testing/sending-fixture.ts';
import { aPolicy, MONDAY_NOON } from '../../surveys/testing/survey-fixtures.ts';
import { runPause, runResume, runStart, runStop } from './campaign.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
let fixture: SendingFixture;
let policy: Policy;
const printed: string[] = [];
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(async () => {
  await fixture.reset();
  policy = aPolicy({ pulse: { every: '30d', remind_after: '3d', expires: '7d' } });
  fixture.setPolicy(policy);
  printed.splice(0);
});
afterEach(() => fixture.close());

const LOCALES = ['en-US', 'es', 'fr', 'de', 'en-GB', 'es-MX', 'de'];
async function givenAgents(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const id = 801 + index;
    const agent = {
      id,
      role: 'agent',
      email: `agent-${id}@northwind.test`,
      locale: LOCALES[index % 7] ?? null,
    } as const;
    fixture.addPerson(id, agent);
    await fixture.database.db.insert(people).values({ ...agent, name: 'Ana', fetchedAt: MONDAY_NOON });
  }
}
const deps = () => ({
  db: fixture.database.db,
  json: false,
  out: (text: string) => void printed.push(text),
  now: fixture.now(),
  who: 'ana@support',
});
const nameOf = () => null;
const start = (parts: Partial<Parameters<typeof runStart>[1]> = {}) =>
  runStart(deps(), {
    survey: 'pulse',
    policy,
    csv: null,
    brand: null,
    from: null,
    listsPeople: false,
    why: null,
    dryRun: false,
    ask: async () => true,
    readNames: async () => nameOf,
    ...parts,
  });
const app = () =>
  express().use(
    createSurveyRouter({
      db: fixture.database.db,
      policy: () => policy,
      clock: () => fixture.now().getTime(),
      randomBytes,
      visitKey: Buffer.from('a key for tests'),
      logger: { error: () => undefined, warn: () => undefined },
    }),
  );
const answer = (link: string, score: number) => request(app()).post(link).type('form').send({ score, again: score });
const linkIn = (mail: string): string => /\/s\/[\w-]+/.exec(mail)?.[0] ?? '';

test('every agent gets one mail on one day, in their language and with one link that names no score', async () => {
  await givenAgents(7);
  await fixture.database.db.insert(unsubscribed).values({ email: 'agent-807@northwind.test' });
  expect(await start({ dryRun: true })).toBe(0);
  expect(printed[0]).toMatch(/^6 people would be surveyed/);
  expect(await start()).toBe(0);
  fixture.setTime(12 * HOUR);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 6 });
  const { mails } = fixture.smtp();
  const texts = mails.map((mail) => mail.text ?? '');
  for (const text of texts) {
    expect(new Set(text.match(/\/s\/[^\s"]+/g))).toHaveProperty('size', 1);
    expect(text).not.toContain('score=');
  }
  for (const words of ['You can answer until', 'Puede responder hasta', 'Vous pouvez répondre', 'Sie können bis'])
    expect(texts.some((text) => text.includes(words))).toBe(true);
  expect(mails.every((mail) => !String(mail.html).includes('score='))).toBe(true);
});

test('who has answered is not reminded, and after the closing the next round asks everybody again', async () => {
  await givenAgents(6);
  await start();
  fixture.setTime(12 * HOUR);
  await fixture.send();
  const links = fixture.smtp().mails.map((mail) => linkIn(mail.text ?? ''));
  for (const [index, link] of links.slice(0, 5).entries()) await answer(link, index + 1).expect(303);
  fixture.setTime(4 * DAY);
  await expect(fixture.with(sendDueReminders)).resolves.toBe(1);
  const reminder = linkIn(fixture.smtp().mails.at(-1)?.text ?? '');
  await answer(reminder, 5).expect(303);
  await answer(links[5] ?? '', 1).expect(200);

  fixture.setTime(9 * DAY);
  await closePulseRounds(fixture.database.db, fixture.now());
  expect(await fixture.database.db.select().from(pulseRounds)).toMatchObject([{ round: 1, asked: 6, answered: 6 }]);
  const scores = (await fixture.database.db.select().from(pulseAnswers)).map(({ score }) => score);
  expect(scores.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 5]);
  fixture.setTime(31 * DAY);
  await renewCampaigns(fixture.database.db, policy, fixture.now(), nameOf);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 6 });
  expect(await fixture.database.db.select().from(pulseRounds)).toHaveLength(2);
});

test('a pause, a resumption and a stop hold', async () => {
  await givenAgents(5);
  await start();
  expect(await runPause(deps(), 'pulse')).toBe(0);
  fixture.setTime(2 * DAY);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0 });
  await closePulseRounds(fixture.database.db, fixture.now());
  expect(await fixture.database.db.select().from(pulseRounds)).toMatchObject([{ closedAt: null }]);
  expect(await runResume(deps(), 'pulse')).toBe(0);
  expect(await runStop(deps(), 'pulse')).toBe(0);
  fixture.setTime(9 * DAY);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0 });
  await closePulseRounds(fixture.database.db, fixture.now());
  expect(await fixture.database.db.select().from(pulseRounds)).toMatchObject([{ asked: 0, answered: 0 }]);
});

test('it asks no chosen list, and nobody where too few could be asked', async () => {
  await givenAgents(4);
  expect(await start()).toBe(1);
  expect(printed.join('\n')).toContain('Fewer agents could be asked');
  const now = fixture.now();
  const chosen = { survey: 'pulse', policy, requesterIds: [801], brand: null, startsAt: now, now, nameOf } as const;
  await expect(previewCampaign(fixture.database.db, chosen)).rejects.toThrow('a list could single somebody out');
});
