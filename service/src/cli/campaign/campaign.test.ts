// Checks `deskwright campaign` with the worker that sends, a real database and a real mail server.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { recordActivation } from '../../platform/outbox/activation.ts';
import { settings } from '../../platform/storage/tables.ts';
import { previewCampaign, renewCampaigns } from '../../surveys/campaigns/start-campaign.ts';
import { type NameOf, nameIfRead, namesAsked } from '../../surveys/names-asked.ts';
import { readSurveyCells } from '../../surveys/scores/read-survey-cells.ts';
import { campaigns, invitations, unsubscribed } from '../../surveys/tables.ts';
import { createSendingFixture, type SendingFixture } from '../../surveys/testing/sending-fixture.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../../surveys/testing/survey-fixtures.ts';
import { type CampaignDeps, runAskAgain, runPause, runResume, runStart, runStatus, runStop } from './campaign.ts';

const DAY = 86_400_000;
const NPS = { every: '10d', expires: '14d', ask_again_after: '30d' };
let fixture: SendingFixture;
let policy: Policy;
let folder: string;
const printed: string[] = [];
beforeAll(async () => {
  fixture = await createSendingFixture();
  folder = await mkdtemp(join(tmpdir(), 'deskwright-campaign-'));
});
afterAll(async () => {
  await fixture.database.drop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await fixture.reset();
  setPolicy({ nps: NPS });
  printed.splice(0);
});
afterEach(() => fixture.close());

function setPolicy(surveys: Partial<Policy['surveys']>): void {
  policy = aPolicy(surveys);
  fixture.setPolicy(policy);
}

async function givenCustomers(ids: readonly number[], parts: Partial<typeof people.$inferInsert> = {}): Promise<void> {
  for (const id of ids) {
    fixture.addPerson(id, { timeZone: parts.timeZone ?? null });
    const email = `customer-${id}@example.com`;
    await fixture.database.db
      .insert(people)
      .values({ id, name: 'Ana', email, role: 'end-user', fetchedAt: MONDAY_NOON, ...parts });
  }
}

const deps = (json = false): CampaignDeps => ({
  db: fixture.database.db,
  json,
  out: (text) => void printed.push(text),
  now: fixture.now(),
  who: 'ana@support',
});
/** As the service reads them: not stored. */
const NAMES = new Map([
  ['organization:3', 'Alpine Club'],
  ['form:4', 'Returns'],
]);
const nameOf: NameOf = (kind, id) => NAMES.get(`${kind}:${id}`) ?? null;
const renew = () => renewCampaigns(fixture.database.db, policy, fixture.now(), nameOf);
const start = (parts: Partial<Parameters<typeof runStart>[1]> = {}, json = false) =>
  runStart(deps(json), {
    survey: 'nps',
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
const sent = async () => (await fixture.stored()).filter(({ survey, sentAt }) => survey === 'nps' && sentAt !== null);

async function sendDaily(from: number, to: number): Promise<void> {
  for (let day = from; day <= to; day += 1) {
    fixture.setTime(day * DAY);
    await fixture.send();
  }
}

test('a dry run names people by name and address, and by their id where nothing else is known', async () => {
  await givenCustomers([601]);
  await givenCustomers([602], { name: '', email: null });
  expect(await start({ dryRun: true, listsPeople: true })).toBe(0);
  expect(printed[0]).toContain('Ana <customer-601@example.com> (user 601)');
  expect(printed[0]).toMatch(/  user 602  not surveyed: /);
});

test('a dry run says who is asked and when, and so it happens', async () => {
  setPolicy({ nps: { ...NPS, per_day: 2 }, send_window: { 'mon-fri': '09:00-17:00' } });
  await givenCustomers([601, 602, 603, 604, 605, 606]);
  await givenCustomers([607, 608], { timeZone: 'Asia/Tokyo' });
  await fixture.database.db.insert(unsubscribed).values({ email: 'customer-603@example.com' });
  await fixture.givenDue(7, { requesterId: 604, state: 'sent', sentAt: new Date(MONDAY_NOON.getTime() - 25 * DAY) });

  expect(await start({ dryRun: true }, true)).toBe(0);
  const { asks } = JSON.parse(printed[0] ?? '') as {
    asks: { requesterId: number; dueAt: string; reason: string | null }[];
  };
  expect(asks).toHaveLength(8);
  expect(await sent()).toEqual([]);
  expect(await start()).toBe(0);

  for (const { dueAt } of asks) {
    const due = new Date(dueAt).getTime() - MONDAY_NOON.getTime();
    for (const moment of [due - 1, due]) {
      fixture.setTime(moment);
      await fixture.send();
    }
  }
  fixture.setTime(20 * DAY);
  await fixture.send();
  const happened = (await fixture.stored())
    .filter(({ survey }) => survey === 'nps')
    .map(({ requesterId, dueAt, sentAt, reason }) => ({ requesterId, dueAt: (sentAt ?? dueAt).toISOString(), reason }));
  expect(happened).toEqual(asks);
  expect(happened.filter(({ reason }) => reason !== null)).toMatchObject([
    { requesterId: 603, reason: 'unsubscribed' },
  ]);
});

test('a pause holds everything from that moment, a resumption moves what waits, and a stop cancels it', async () => {
  await givenCustomers([601, 602, 603, 604, 605]);
  await start({ why: 'first NPS' });
  fixture.setTime(4 * DAY);
  await fixture.send();
  const before = (await sent()).length;
  expect(before).toBeGreaterThan(0);
  const next = (await fixture.stored()).find(({ state }) => state === 'scheduled')?.dueAt.getTime() ?? 0;

  expect(await runPause(deps(), 'nps')).toBe(0);
  expect(await runPause(deps(), 'nps')).toBe(1);
  fixture.setTime(14 * DAY);
  await fixture.send();
  expect(await sent()).toHaveLength(before);
  expect(await runResume(deps(), 'nps')).toBe(0);
  fixture.setTime(next - MONDAY_NOON.getTime() + 10 * DAY - 1);
  await fixture.send();
  expect(await sent()).toHaveLength(before);
  fixture.setTime(next - MONDAY_NOON.getTime() + 10 * DAY);
  await fixture.send();
  expect(await sent()).toHaveLength(before + 1);

  expect(await runStop(deps(), 'nps', 'wrong text')).toBe(0);
  fixture.setTime(60 * DAY);
  await fixture.send();
  expect(await sent()).toHaveLength(before + 1);
  expect(await runStop(deps(), 'nps')).toBe(1);
  printed.splice(0);
  await runStatus(deps());
  expect(printed[0]).toMatch(/was stopped.*Started by ana@support: first NPS/);
  expect(printed[0]).toMatch(/cancelled: The campaign was stopped\./);
  expect(printed[0]).toContain('Stopped by ana@support: wrong text.');
});

test('two campaigns at once ask nobody twice, and each is paused and stopped alone', async () => {
  setPolicy({ nps: NPS, contact_at_most_every: '1d' });
  await givenCustomers([601, 602, 603, 604]);
  const csv = join(folder, 'two.csv');
  await writeFile(csv, 'user_id\n601\n602\n');
  await start({ csv });
  fixture.setTime(6 * DAY);
  await fixture.send();
  await givenCustomers([605, 606]);
  printed.splice(0);
  await start();
  expect(printed.join('\n')).toContain('1  Another campaign of the same survey asks or asked them');
  const [list, everybody] = (await fixture.database.db.select().from(campaigns)).map(({ id }) => id);

  expect(await runPause(deps(), list ?? 0)).toBe(0);
  expect(printed.at(-1)).toBe(`Campaign ${list} paused.`);
  await sendDaily(7, 15);
  await sendDaily(15.9, 15.9);
  const asked = async () => (await sent()).map(({ requesterId }) => requesterId).toSorted((a, b) => a - b);
  const early = (await sent()).filter(({ campaignId }) => campaignId === list).map(({ requesterId }) => requesterId);
  expect(early).toHaveLength(1);
  expect(await asked()).toEqual([...early, 603, 604, 605, 606].toSorted((a, b) => a - b));

  expect(await runStop(deps(), everybody ?? 0)).toBe(0);
  expect(await runResume(deps(), 'nps')).toBe(0);
  expect(printed.at(-1)).toBe(`Campaign ${list} resumed.`);
  await sendDaily(18, 30);
  await renew();
  expect(await asked()).toEqual([601, 602, 603, 604, 605, 606]);
  expect(await runStop(deps(true), 'nps')).toBe(1);
  expect(JSON.parse(printed.at(-1) ?? '')).toEqual({ done: false, campaigns: [] });
});

test('an unsubscription at a former address holds for the customer, a bounce for the address alone', async () => {
  const { db } = fixture.database;
  await givenCustomers([601, 602, 603]);
  const sentAt = new Date(MONDAY_NOON.getTime() - 90 * DAY);
  for (const id of [601, 602]) {
    const earlier = { state: 'sent', sentAt, recipient: `old-${id}@example.com` } as const;
    await fixture.givenDue(id, { requesterId: id, ...earlier });
    await db.insert(unsubscribed).values({ email: earlier.recipient, byCustomer: id === 601 });
  }
  expect(await start()).toBe(0);
  const planned = (await fixture.stored()).filter(({ survey }) => survey === 'nps');
  const reasons = planned.map(({ requesterId, reason }) => `${requesterId} ${reason ?? 'asked'}`);
  expect(reasons.toSorted()).toEqual(['601 unsubscribed', '602 asked', '603 asked']);
});

test('a campaign that is done is paused, resumed and stopped as long as mails of it wait', async () => {
  const { db } = fixture.database;
  await givenCustomers([601, 602]);
  const csv = join(folder, 'done.csv');
  await writeFile(csv, 'user_id\n601\n602\n');
  await start({ csv });
  const [list] = await db.select().from(campaigns);
  const id = list?.id ?? 0;
  fixture.setTime(11 * DAY);
  await renew();
  expect(await db.select().from(campaigns)).toMatchObject([{ state: 'done' }]);
  expect(await runPause(deps(), id)).toBe(0);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 0 });
  expect(await runResume(deps(), id)).toBe(0);
  await renew();
  expect(await db.select().from(campaigns)).toMatchObject([{ state: 'done' }]);
  expect(await runStop(deps(), id)).toBe(0);
  expect(printed.at(-1)).toBe(`Campaign ${id} stopped; 2 mails were cancelled.`);
  expect(await runStop(deps(), id)).toBe(1);
  await db.update(campaigns).set({ state: 'done' });
  expect(await runPause(deps(), id)).toBe(1);
});

test('of two campaigns started at the same moment each person is in one', async () => {
  await givenCustomers([601, 602, 603]);
  const csv = join(folder, 'same.csv');
  await writeFile(csv, 'user_id\n601\n602\n');
  await Promise.all([start({ csv }), start()]);
  const waiting = (await fixture.stored()).filter(({ state }) => state === 'scheduled');
  expect(waiting.map(({ requesterId }) => requesterId).toSorted((a, b) => a - b)).toEqual([601, 602, 603]);
});

test('a stop between claim and hand-over holds too', async () => {
  await givenCustomers([601]);
  await start();
  fixture.setTime(11 * DAY);
  const person = async (id: number) => {
    await runStop(deps(), 'nps');
    return fixture.people.get(id) ?? null;
  };
  await expect(fixture.send({ person })).resolves.toMatchObject({ sent: 0 });
  expect(fixture.smtp().mails).toEqual([]);
});

test('a list names who is asked, by id or address, and unknown lines are told', async () => {
  await givenCustomers([601, 602, 603]);
  const csv = join(folder, 'people.csv');
  await writeFile(csv, 'User_ID;Email\n601;\n;Customer-603@Example.com\n;nobody@example.com\n999;\n');
  expect(await start({ csv })).toBe(0);
  expect(printed.join('\n')).toMatch(/^2 people would be surveyed until 2026-12-04, 0 people not\./);
  expect(printed.join('\n')).toMatch(
    /^People, at times of \S+:\n {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}Ana <customer-60[13]@example.com> \(user 60[13]\)$/m,
  );
  expect(printed.join('\n')).toContain('Deskwright has not seen such a user: 2 lines (4-5).');
  expect((await fixture.stored()).map(({ requesterId }) => requesterId).toSorted((a, b) => a - b)).toEqual([601, 603]);
});

test('all lines of a list that name nobody are told, and an agent in it has the reason', async () => {
  await givenCustomers([601]);
  await givenCustomers([801], { role: 'agent', email: 'lena@northwind.test' });
  await givenCustomers([802], { role: 'admin', suspended: true });
  const csv = join(folder, 'mixed.csv');
  const unknown = Array.from({ length: 30 }, (_, index) => `${9_000 + index},`);
  await writeFile(
    csv,
    ['user_id,email', '601,', ...unknown, '801,', '1,2,3', ',lena@northwind.test', '802,'].join('\n'),
  );
  expect(await start({ csv, dryRun: true }, true)).toBe(0);
  const told = JSON.parse(printed[0] ?? '') as { asks: { requesterId: number; reason: string | null }[] };
  expect(told).toMatchObject({ unknownLines: unknown.map((_, index) => index + 3), unreadableLines: [34] });
  expect(await start({ csv })).toBe(0);
  const text = printed.slice(1).join('\n');
  expect(text).toContain('30 lines (3-32). It knows who asked on a ticket that it has read; other users');
  expect(text).toContain('more cells than the first line: 1 line (34)');
  expect(text).toContain('1 person would be surveyed until 2026-12-04, 2 people not.');
  expect(text).toContain('2  The requester is an agent, not a customer.');
  const reasons = (await fixture.stored()).map(({ requesterId, reason, state }) => `${requesterId} ${state} ${reason}`);
  expect(reasons.toSorted()).toEqual([
    '601 scheduled null',
    '801 cancelled requester_is_agent',
    '802 cancelled requester_is_agent',
  ]);
});

test('conditions ask by the newest ticket', async () => {
  const value = ['paying'];
  setPolicy({ nps: { ...NPS, conditions: { all: [{ field: 'tags', operator: 'includes_any', value }] } } });
  await givenCustomers([601, 602, 603]);
  const { db } = fixture.database;
  await givenTicket(db, { id: 1, requesterId: 601, tags: ['paying'] });
  await givenTicket(db, { id: 2, requesterId: 602, tags: ['paying'], createdAt: new Date('2026-01-01') });
  await givenTicket(db, { id: 3, requesterId: 602, tags: [] });
  await start();
  const reasons = (await fixture.stored()).map(({ requesterId, reason }) => [requesterId, reason] as const);
  expect(new Map(reasons)).toEqual(
    new Map([
      [601, null],
      [602, 'outside_cohort'],
      [603, 'outside_cohort'],
    ]),
  );
});

test('conditions name the organization and the form of the newest ticket, also in the next round', async () => {
  const all = [
    { field: 'organization', operator: 'is', value: 'Alpine Club' },
    { field: 'form', operator: 'is_not', value: 'Returns' },
  ] as const;
  setPolicy({ nps: { ...NPS, conditions: { all: [...all] } } });
  const { db } = fixture.database;
  expect([...namesAsked(policy)].toSorted()).toEqual(['brand', 'form', 'organization']);
  await givenCustomers([601, 602, 603, 604]);
  await givenTicket(db, { id: 1, requesterId: 601, organizationId: 3 });
  await givenTicket(db, { id: 2, requesterId: 602, organizationId: 3, formId: 4 });
  await givenTicket(db, { id: 3, requesterId: 603, organizationId: 5 });
  await givenTicket(db, { id: 4, requesterId: 604 });
  const asked = async (round: number) =>
    (await fixture.stored())
      .filter((each) => each.round === round && each.reason === null)
      .map((each) => each.requesterId);
  await start();
  expect(await asked(1)).toEqual([601]);
  const unread = nameIfRead({ hasRead: (kind) => kind !== 'form', nameOf });
  fixture.setTime(11 * DAY);
  await expect(renewCampaigns(db, policy, fixture.now(), unread)).rejects.toThrow('form names were not read');
  expect(await db.select().from(campaigns)).toMatchObject([{ round: 1 }]);
  await renew();
  expect(await asked(2)).toEqual([601]);
});

test('conditions name brands and agents, and a sample keeps each customer in or out', async () => {
  const { db } = fixture.database;
  await db.insert(settings).values({ key: 'brands', value: [['Polar Kids', 2]] });
  await givenCustomers([601, 602, 603]);
  await givenCustomers([801], { role: 'agent', email: 'lena@northwind.test' });
  await givenTicket(db, { id: 1, requesterId: 601, brandId: 2, assigneeId: 801 });
  await givenTicket(db, { id: 2, requesterId: 602, brandId: 2 });
  const all = [
    { field: 'brand', operator: 'is', value: 'Polar Kids' },
    { field: 'assignee', operator: 'is', value: 'lena@northwind.test' },
  ] as const;
  const askedWith = async (nps: NonNullable<Policy['surveys']['nps']>) => {
    setPolicy({ nps });
    const { asks } = await previewCampaign(db, {
      survey: 'nps',
      policy,
      requesterIds: null,
      brand: null,
      startsAt: fixture.now(),
      now: fixture.now(),
      nameOf,
    });
    return asks.map(({ requesterId, reason }) => `${requesterId} ${reason ?? 'asked'}`).toSorted();
  };
  expect(await askedWith({ ...NPS, conditions: { all: [...all] } })).toEqual([
    '601 asked',
    '602 outside_cohort',
    '603 outside_cohort',
  ]);
  const half = await askedWith({ ...NPS, sample: '50%' });
  expect(half).toEqual(await askedWith({ ...NPS, sample: '50%' }));
  expect(await askedWith({ ...NPS, sample: '0%' })).toEqual(['601 sampled_out', '602 sampled_out', '603 sampled_out']);
});

test('after an outage the quota of a day holds, and what finds no place until the round ends has the reason', async () => {
  setPolicy({ nps: { ...NPS, per_day: 2 } });
  await givenCustomers([601, 602, 603, 604, 605, 606, 607]);
  await start();
  fixture.setTime(8.6 * DAY);
  await fixture.database.db.update(invitations).set({ dueAt: new Date(fixture.now().getTime() - 1_000) });
  for (const day of [8.6, 8.7, 9.6, 9.7, 10.6, 11.6]) {
    fixture.setTime(day * DAY);
    await fixture.send();
  }
  const days = (await sent()).map(({ sentAt }) => sentAt?.toISOString().slice(0, 10));
  expect(days).toEqual(['2026-12-02', '2026-12-02', '2026-12-03', '2026-12-03']);
  const leftOut = (await fixture.stored()).filter(({ reason }) => reason === 'over_quota');
  expect(leftOut).toHaveLength(3);
  await givenCustomers([608, 609]);
  await renew();
  const next = (await fixture.stored()).filter(({ round, state }) => round === 2 && state === 'scheduled');
  const inOrder = next.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).map(({ requesterId }) => requesterId);
  expect(inOrder).toHaveLength(5);
  expect(new Set(inOrder.slice(0, 3))).toEqual(new Set(leftOut.map(({ requesterId }) => requesterId)));
});

test('a dry run says that those over the quota come first in the next round, and of a list that it has one round', async () => {
  setPolicy({ nps: { ...NPS, per_day: 1 } });
  const ids = Array.from({ length: 13 }, (_, index) => 601 + index);
  await givenCustomers(ids);
  expect(await start({ dryRun: true })).toBe(0);
  expect(printed.at(-1)).toContain(
    '3 people over the quota come first in the next round, from 2026-12-04 on, if they still belong to the campaign.',
  );
  const csv = join(folder, 'quota.csv');
  await writeFile(csv, `user_id\n${ids.join('\n')}\n`);
  expect(await start({ dryRun: true, csv })).toBe(0);
  expect(printed.at(-1)).toContain('3 people over the quota are not surveyed: a campaign with a list has one round.');
});

test('a campaign whose brand is dropped sends nothing under another name, and says why it ended', async () => {
  const { db } = fixture.database;
  const brands = [{ brand: 'Polar Kids', sender: {} }];
  setPolicy({ nps: NPS, brands });
  await givenCustomers([601]);
  await givenTicket(db, { id: 1, requesterId: 601, brandId: 2 });
  await expect(start({ brand: 'Polar Kids' })).rejects.toThrow('Zendesk has no brand "Polar Kids"');
  await db.insert(settings).values({ key: 'brands', value: [['Polar Kids', 2]] });
  await start({ brand: 'Polar Kids' });
  setPolicy({ nps: NPS });
  await sendDaily(1, 11);
  expect(await fixture.stored()).toMatchObject([{ state: 'cancelled', reason: 'brand_not_configured' }]);
  await renew();
  await runStatus(deps());
  expect(printed.at(-1)).toContain('It ended because the policy no longer lists its brand under surveys.brands.');
  expect(fixture.smtp().mails).toEqual([]);
});

test('what is sent has the category of the customer’s newest ticket at that time, for the report', async () => {
  await givenCustomers([601, 602]);
  const { db } = fixture.database;
  await givenTicket(db, { id: 1, requesterId: 601, category: 'old', createdAt: new Date('2026-01-01') });
  await givenTicket(db, {
    id: 2,
    requesterId: 601,
    category: 'billing',
    tier: 't1',
    groupId: 21,
    via: 'email',
    brandId: 2,
  });
  await givenTicket(db, { id: 3, requesterId: 601, category: 'gone', createdAt: MONDAY_NOON, gone: 'spam' });
  await start();
  await sendDaily(0, 10);
  const asked = new Map((await sent()).map(({ requesterId, category }) => [requesterId, category]));
  expect(asked).toEqual(
    new Map([
      [601, 'billing'],
      [602, null],
    ]),
  );
  const time = { from: MONDAY_NOON, to: new Date(MONDAY_NOON.getTime() + 20 * DAY), timeZone: 'UTC' };
  const { asked: counted } = await readSurveyCells(db, { survey: 'nps', ...time, categories: ['billing'] });
  expect(counted.category).toEqual([{ value: 'billing', asked: 1, answered: 0 }]);
  const { asked: ofTier } = await readSurveyCells(db, { survey: 'nps', ...time, tier: 't1' });
  const values = [ofTier.tier, ofTier.group, ofTier.channel, ofTier.brand].map((cells) =>
    cells.map(({ value }) => value),
  );
  expect(values).toEqual([['t1'], ['21'], ['email'], ['2']]);
});

test('a campaign with a brand asks those whose newest ticket has it, or a list, under that brand in every round', async () => {
  const { db } = fixture.database;
  const brands = [{ brand: 'Polar Kids', sender: {} }];
  setPolicy({ nps: NPS, contact_at_most_every: '5d', brands });
  await db.insert(settings).values({ key: 'brands', value: [['Polar Kids', 2]] });
  await givenCustomers([601, 602, 603]);
  await givenTicket(db, { id: 1, requesterId: 601, brandId: 2 });
  await givenTicket(db, { id: 2, requesterId: 602, brandId: 2, createdAt: new Date('2026-01-01') });
  await givenTicket(db, { id: 3, requesterId: 602, brandId: 1 });
  expect(await start({ brand: 'Polar Kids' })).toBe(0);
  await runStatus(deps());
  expect(printed.at(-1)).toContain('(nps, Polar Kids) runs');
  const csv = join(folder, 'kids.csv');
  await writeFile(csv, 'user_id\n603\n');
  expect(await start({ brand: 'Polar Kids', csv })).toBe(0);
  await sendDaily(1, 11);
  await renew();
  await sendDaily(11, 21);
  expect((await sent()).map(({ requesterId, brand }) => [requesterId, brand])).toEqual([
    [601, 'Polar Kids'],
    [603, 'Polar Kids'],
    [601, 'Polar Kids'],
  ]);
  expect(fixture.smtp().mails.map(({ from }) => from?.text)).toEqual(
    Array(3).fill('"Polar Kids" <support@northwind.test>'),
  );

  expect(await runAskAgain(deps(), 603, policy)).toBe(0);
  expect((await fixture.stored()).at(-1)).toMatchObject({ requesterId: 603, brand: 'Polar Kids' });
  await expect(start({ brand: 'Polar' })).rejects.toThrow(
    'does not list the brand "Polar" under surveys.brands; it has: Polar Kids.',
  );
  await expect(start({ brand: 'Polar Kids', survey: 'pulse' })).rejects.toThrow('A pulse asks your own agents');
});

test.each([
  [35, 'scheduled', null],
  [70, 'cancelled', 'contacted_recently'],
])(
  'who gets another survey on day %i of a round is asked once the rest is over, or not in this round',
  async (day, state, reason) => {
    setPolicy({ nps: { ...NPS, every: '90d' } });
    await givenCustomers([601]);
    await start();
    const { db } = fixture.database;
    const about = {
      ticketId: 1_601,
      requesterId: 601,
      state: 'sent',
      sentAt: new Date(fixture.now().getTime() + day * DAY),
    } as const;
    const asked = await givenInvitation(db, { ...about, survey: 'csat' });
    const dueAt = new Date(fixture.now().getTime() + (day + 5) * DAY);
    await db.update(invitations).set({ dueAt }).where(eq(invitations.survey, 'nps'));
    fixture.setTime(dueAt.getTime() - MONDAY_NOON.getTime());
    await fixture.send();
    const [nps] = (await fixture.stored()).filter(({ id }) => id !== asked.id);
    expect(nps).toMatchObject({ state, reason });
    if (state === 'cancelled') return;
    const rested = new Date(about.sentAt.getTime() + 30 * DAY);
    expect(nps?.dueAt.getTime()).toBeGreaterThanOrEqual(rested.getTime());
    fixture.setTime((nps?.dueAt ?? rested).getTime() - MONDAY_NOON.getTime());
    await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
  },
);

test('whom a former version planned in two campaigns, because it knew no brands, is surveyed once', async () => {
  const { db } = fixture.database;
  await givenCustomers([601]);
  await start();
  const [planned] = await fixture.stored();
  if (!planned) throw new Error('Nobody was planned.');
  const { id: _own, ...twin } = planned;
  await db.insert(invitations).values({ ...twin, brand: null });
  fixture.setTime(planned.dueAt.getTime() - MONDAY_NOON.getTime());
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1, cancelled: 1 });
  expect((await fixture.stored()).map(({ reason }) => reason)).toContain('contacted_recently');
  expect(fixture.smtp().mails).toHaveLength(1);
});

test('a round that is over begins again with those who belong to it by now; a list is asked once', async () => {
  setPolicy({ nps: NPS, contact_at_most_every: '5d' });
  await givenCustomers([601, 602]);
  await start();
  await sendDaily(1, 11);
  await givenCustomers([603]);
  await Promise.all([1, 2].map(renew));
  await sendDaily(11, 21);
  const asked = (await sent()).map(({ requesterId }) => requesterId).toSorted((a, b) => a - b);
  expect(asked).toEqual([601, 601, 602, 602, 603]);
  await runStatus(deps(true));
  expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject({
    campaigns: [{ state: 'running', round: 2, repeats: true }],
  });
});

test('a detractor is asked once more, later, after a call', async () => {
  await givenCustomers([601]);
  expect(await runAskAgain(deps(), 601, policy)).toBe(0);
  expect(await runAskAgain(deps(), 601, policy)).toBe(0);
  expect(await fixture.stored()).toMatchObject([{ requesterId: 601, survey: 'nps', campaignId: null }]);
  fixture.setTime(30 * DAY);
  await expect(fixture.send()).resolves.toMatchObject({ sent: 1 });
});

test('who is asked again belongs to the campaign: its pause and its stop hold for them', async () => {
  await givenCustomers([601, 602, 603, 604]);
  await start();
  await sendDaily(0, 10);
  const before = (await sent()).length;
  expect(before).toBe(4);
  await runAskAgain(deps(), 601, policy);
  await runPause(deps(), 'nps');
  fixture.setTime(41 * DAY);
  await fixture.send();
  expect(await sent()).toHaveLength(before);
  await runResume(deps(), 'nps');
  await runStop(deps(), 'nps');
  fixture.setTime(90 * DAY);
  await fixture.send();
  expect(await sent()).toHaveLength(before);
});

test('who has unsubscribed is not asked again, and the command says so', async () => {
  await givenCustomers([601]);
  await fixture.database.db.insert(unsubscribed).values({ email: 'customer-601@example.com' });
  expect(await runAskAgain(deps(), 601, policy)).toBe(1);
  expect(printed.at(-1)).toMatch(/^User 601 is not surveyed: /);
  expect(await fixture.stored()).toEqual([]);
});

test('a stop of all of a survey also holds for who is asked again after the last campaign', async () => {
  await givenCustomers([601]);
  await runAskAgain(deps(), 601, policy);
  expect(await runStop(deps(), 'nps')).toBe(0);
  expect(printed.at(-1)).toBe(
    'No campaign of nps is under way; 1 mail to people who are surveyed again was cancelled.',
  );
  expect(await fixture.stored()).toMatchObject([{ state: 'cancelled', reason: 'campaign_stopped' }]);
});

test('it says what is wrong: not configured, not a date, only watching', async () => {
  await givenCustomers([601]);
  setPolicy({});
  await expect(start()).rejects.toThrow('does not configure surveys.nps');
  setPolicy({ nps: NPS });
  await expect(start({ from: '2026-13-01' })).rejects.toThrow('write it as year-month-day');
  await expect(start({ from: '2026-11-23' })).rejects.toThrow('the earliest is tomorrow');
  expect(await start({ ask: async () => false })).toBe(1);
  expect(await start()).toBe(0);
  await recordActivation(fixture.database.db, { mode: 'observe', scope: 'all', who: 'ana', why: null });
  await expect(start()).rejects.toThrow('only watches');
});

test('forgetting a customer cancels what a campaign would send them', async () => {
  const { surveyErasing } = await import('../../surveys/erasing.ts');
  await givenCustomers([601, 602]);
  await start();
  const erasure = { ids: [601], addresses: ['customer-601@example.com'], now: fixture.now() };
  await fixture.database.db.transaction((tx) => surveyErasing.onEraseCustomers(tx, erasure));
  const rows = await fixture.database.db.select().from(invitations).orderBy(invitations.requesterId);
  expect(rows).toMatchObject([{ state: 'cancelled', reason: 'erased' }, { state: 'scheduled' }]);
});
