import { FIGURE_IDS } from '@deskwright/shared';
import { parse } from 'csv-parse/sync';
import { eq } from 'drizzle-orm';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { readGroups, saveGroups } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import type { Measure } from '../../figures/measure.ts';
import { addAnnotation } from '../../history/index.ts';
import { policyVersions, rollups, ticketSkips } from '../../history/tables.ts';
import { aMeasure, insertMeasures, record } from '../../history/testing/history-fixture.ts';
import { settings } from '../../platform/storage/tables.ts';
import { until } from '../../platform/testing/until.ts';
import { invitations, responses, surveySubmissions } from '../../surveys/tables.ts';
import { givenInvitation } from '../../surveys/testing/survey-fixtures.ts';
import { decisions } from '../../tickets/tables.ts';
import { aDashboardApp, type DashboardApp, WHO, type Who } from '../testing/dashboard-app.ts';

let database: TestDatabase;
let fixture: DashboardApp;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  fixture = await aDashboardApp(database);
});
afterEach(async () => {
  await fixture.close();
  await database.clear();
});
afterAll(() => database.drop());

const DAY = '2026-11-10';
const WEEK = 'range=2026-11-09..2026-11-15';
const at = (time: string) => `${DAY}T${time}:00Z`;
const get = async (path: string, who: Who = 'agent') =>
  request(fixture.app)
    .get(`/api/dashboard/${path}`)
    .set('authorization', await fixture.bearer(who));
const given = (...rows: Measure[]) => insertMeasures(database.db, 42, rows);
const valuesOf = (figures: { id: string; value: number | null }[]) =>
  Object.fromEntries(figures.map(({ id, value }) => [id, value]));

/** An agent chooses a category. */
const aChoice = (ticketId: number, when: string, value: string) =>
  ({
    ticketId,
    at: new Date(when),
    kind: 'category',
    value,
    ref: null,
    actor: 'agent',
    actorId: 7,
    public: null,
    groupId: null,
    assigneeId: null,
    rule: null,
  }) as const;

async function aWall(): Promise<string> {
  const made = await request(fixture.app)
    .post('/api/dashboard/links')
    .set('authorization', await fixture.bearer('admin'))
    .send({ name: 'Office' });
  return `Wall ${made.body.url.split('/wall/')[1]}`;
}

test('the first screen has a forecast from seven days on', async () => {
  await fixture.givenTicket({ id: 1 });
  const daysAgo = (days: number) => new Date(fixture.now() - days * 86_400_000).toISOString();
  const forecast = async () => (await get('?compare=0')).body.forecast;
  await given(aMeasure('arrival', daysAgo(3)), aMeasure('solve', daysAgo(2)));
  expect(await forecast()).toBeNull();
  await given(aMeasure('arrival', daysAgo(9)));
  // The same question is answered with the same figures for a moment.
  await until(async () => (await forecast()) !== null);
  expect(await forecast()).toMatchObject({ open: 1, from: 9 });
});

describe('trends', () => {
  test('show each day, the goal, and what was open at its end', async () => {
    await given(
      aMeasure('arrival', at('15:00')),
      aMeasure('arrival', '2026-11-11T15:00:00Z'),
      aMeasure('solve', '2026-11-12T15:00:00Z'),
      // After the range: it was open all the time.
      aMeasure('solve', '2026-11-16T15:00:00Z'),
      aMeasure('merge', '2026-11-13T15:00:00Z'),
      aMeasure('first_reply', at('16:00'), { seconds: 3_600, businessSeconds: 1_800 }),
    );
    await fixture.givenTicket({ id: 1 });
    const { body } = await get(`trends?${WEEK}`);
    const trend = (figure: string) => body.trends.find((each: { figure: string }) => each.figure === figure);
    expect(trend('arrivals').points.map(({ value }: { value: number }) => value)).toEqual([0, 1, 1, 0, 0, 0, 0]);
    expect(trend('first_reply_time')).toMatchObject({ unit: 'duration', goal: 3_600 });
    expect(trend('first_reply_time').points[1]).toMatchObject({ value: 3_600, business: 1_800, n: 1 });
    expect(body.backlog.map(({ open }: { open: number }) => open)).toEqual([2, 3, 4, 3, 2, 2, 2]);
    expect((await get(`trends?${WEEK}&tier=t1`)).body.trends[2].goal).toBeNull();
  });

  test('mark launches and changes of the policy, and say what a launch changed', async () => {
    await database.db.insert(policyVersions).values([
      { hash: 'aaaa', since: new Date('2026-10-01T12:00:00Z') },
      { hash: 'bbbbbbbbcc', since: new Date('2026-11-09T12:00:00Z') },
    ]);
    await addAnnotation(database.db, { at: new Date(at('12:00')), text: 'New checkout', category: null, who: 'ana' });
    const day = (date: string, n: number, member: string, dimension: string) => ({
      grain: 'day' as const,
      figure: 'arrival',
      dimension,
      member,
      bucket: new Date(`${date}T05:00:00Z`),
      clock: 'calendar' as const,
      n,
      total: 0,
      met: 0,
      missed: 0,
      fromZendesk: 0,
      bins: [],
    });
    await database.db
      .insert(rollups)
      .values([
        day('2026-11-03', 1, '', 'all'),
        ...['03', '04', '05', '06', '07', '08', '09'].map((n) => day(`2026-11-${n}`, 2, 'refunds', 'category')),
        ...['11', '12', '13', '14', '15', '16', '17'].map((n) => day(`2026-11-${n}`, 6, 'refunds', 'category')),
      ]);
    const { body } = await get(`trends?${WEEK}`);
    expect(body.annotations).toEqual([
      { id: -2, at: '2026-11-09T12:00:00.000Z', kind: 'policy', text: 'bbbbbbbb', effect: [] },
      {
        id: 1,
        at: '2026-11-10T12:00:00.000Z',
        kind: 'mark',
        text: 'New checkout',
        effect: [{ id: 'refunds', name: 'Refund', before: 2, after: 6 }],
      },
    ]);
  });
});

test('queues show each tier and department', async () => {
  await given(
    aMeasure('first_reply', at('16:00'), { seconds: 600, tier: 't2' }),
    aMeasure('overtake', at('16:00'), { score: 1, tier: 't2' }),
    aMeasure('department_answer', at('17:00'), { seconds: 7_200, detail: 'warehouse' }),
  );
  await fixture.givenTicket({ id: 1, tier: 't2', groupId: 19 });
  const { body } = await get(`queues?${WEEK}`);
  expect(body.tiers).toMatchObject([
    { id: 't1', waiting: 0, oldest: null },
    { id: 't2', name: 'Tier 2', waiting: 1, oldest: expect.any(String) },
  ]);
  expect(valuesOf(body.tiers[1].figures)).toMatchObject({ overtake_rate: 1, first_reply_time: 600 });
  expect(body.tiers[0].figures).toHaveLength(6);
  expect(body.departments).toMatchObject([{ id: 'warehouse', waiting: 1, figures: [{ value: 7_200, n: 1 }] }]);
  expect(body).not.toHaveProperty('skips');
});

describe('skipped tickets', () => {
  const SKIPPED = [
    { id: 1, ticketId: 1, agentId: WHO.agent, at: new Date(at('16:00')), reason: 'Not my area' },
    { id: 2, ticketId: 2, agentId: WHO.otherAgent, at: new Date(at('17:00')), reason: 'Too hard' },
  ];
  beforeEach(async () => {
    await fixture.givenTicket({ id: 1, tier: 't1' });
    await fixture.givenTicket({ id: 2, tier: 't2', groupId: 12 });
    await database.db.insert(ticketSkips).values(SKIPPED);
    await database.db.insert(settings).values({ key: 'skips', value: { cursor: '2', refusedAt: null } });
  });

  test.each([
    ['admin', ['Not my area', 'Too hard']],
    ['lead', ['Not my area']],
    ['otherLead', ['Too hard']],
    ['agent', null],
    ['light', null],
  ] as const)('%s is told of %j', async (who, reasons) => {
    const { body } = await get(`queues?${WEEK}`, who);
    expect(body.skips?.reasons.map(({ reason }: { reason: string }) => reason) ?? null).toEqual(reasons);
    const { body: tickets } = await get(`tickets?figure=overtake_rate&${WEEK}`, who);
    const listed = tickets.skips?.map(({ reason }: { reason: string }) => reason).toSorted() ?? null;
    expect(listed).toEqual(reasons);
    const { text } = await get(`export.csv?section=queues&${WEEK}`, who);
    expect(['Not my area', 'Too hard'].filter((reason) => text.includes(reason))).toEqual(reasons ?? []);
    expect((await get(`tickets?figure=arrivals&${WEEK}`, who)).body).not.toHaveProperty('skips');
  });

  test('are not shown on a wall', async () => {
    const authorization = await aWall();
    for (const path of [
      `queues?${WEEK}`,
      `tickets?figure=overtake_rate&${WEEK}`,
      `export.csv?section=queues&${WEEK}`,
    ]) {
      const { text } = await request(fixture.app).get(`/api/dashboard/${path}`).set('authorization', authorization);
      expect(text).not.toMatch(/Not my area|Too hard|"skips"/);
    }
  });

  test('of a plan without them are unknown', async () => {
    await database.db
      .update(settings)
      .set({ value: { cursor: null, refusedAt: 1 } })
      .where(eq(settings.key, 'skips'));
    expect((await get(`queues?${WEEK}`, 'admin')).body.skips).toBeNull();
  });
});

test('rules show what each decided, also those that are gone, and where guidance is missing', async () => {
  await given(
    aMeasure('arrival', at('15:00')),
    aMeasure('arrival', at('15:10'), { category: null }),
    aMeasure('automatic_category', at('15:00'), { met: true, detail: 'gone' }),
    aMeasure('override', at('15:30'), { detail: 'gone' }),
  );
  const { body } = await get(`rules?${WEEK}`);
  expect(body.rules).toEqual([{ id: 'gone', name: 'gone', decided: 1, overruled: 1, lastHit: null }]);
  expect(body.withoutGuidance).toEqual([{ id: 'refunds', name: 'Refund', n: 1 }]);
  expect(valuesOf(body.figures)).toMatchObject({ override_rate: 1 });
});

test('rules show what triggers in shadow would have done, and the tickets behind both numbers', async () => {
  const place = (category: string, tier: string) => ({ category, tier, priority: null, survey: null });
  const shadow = { from: place('other', 't1'), to: place('bug', 't2'), tags: [], triggers: ['broken'] };
  for (const id of [1, 2, 3]) {
    await fixture.givenTicket({ id });
    await database.db.insert(decisions).values({
      ticketId: id,
      trigger: 'ticket.created',
      policyHash: 'hash',
      decidedAt: new Date(at('12:00')),
      outcome: 'acted',
      category: 'other',
      tier: 't1',
      decision: {} as never,
      sentence: '',
      shadow: id === 3 ? null : shadow,
    });
  }
  await record(database.db, [aChoice(2, at('13:00'), 'bug'), aChoice(3, at('13:00'), 'bug')]);
  const { body } = await get(`rules?${WEEK}`);
  expect(body.shadow).toEqual([
    {
      id: 'broken',
      name: expect.any(String),
      share: expect.any(Number),
      saw: 2,
      changed: 2,
      chosen: { n: 1, asShadow: 1, asActing: 0, interval: [expect.closeTo(0.2065, 3), 1], tooFew: true },
    },
  ]);
  const behind = async (more: string) => {
    const answer = await get(`tickets?figure=in_shadow&${WEEK}&trigger=broken${more}`, 'admin');
    return answer.body.tickets.map((row: { ticket: { id: number }; category: string }) => [
      row.ticket.id,
      row.category,
    ]);
  };
  expect(await behind('')).toEqual([
    [1, 'bug'],
    [2, 'bug'],
  ]);
  expect(await behind('&chosen=1')).toEqual([[2, 'bug']]);
  expect((await get(`tickets?figure=arrivals&${WEEK}&chosen=1`, 'admin')).status).toBe(400);
});

describe('the tickets behind a figure', () => {
  beforeEach(async () => {
    for (const [id, seconds, met] of [
      [1, 600, true],
      [2, 9_000, false],
      [3, 300, true],
    ] as const) {
      await insertMeasures(database.db, id, [aMeasure('first_reply', at('16:00'), { seconds, met })]);
      await fixture.givenTicket({ id, assigneeId: id === 3 ? WHO.own : null, waitingSince: new Date(at(`1${id}:00`)) });
    }
    // Known by its figures only.
    await insertMeasures(database.db, 4, [aMeasure('first_reply', at('16:00'), { seconds: 60, met: null })]);
  });
  const idsOf = (body: { tickets: { ticket: { id: number } }[] }) => body.tickets.map(({ ticket }) => ticket.id);

  test('come with the longest first, and the count of all', async () => {
    const { body } = await get(`tickets?figure=first_reply_time&${WEEK}`);
    expect(body).toMatchObject({ figure: 'first_reply_time', unit: 'duration', total: 4, page: 1, pages: 1 });
    expect(idsOf(body)).toEqual([2, 1, 3, 4]);
    expect(body.tickets[0]).toEqual({
      ticket: { id: 2, url: 'https://acme.zendesk.com/agent/tickets/2' },
      at: `${DAY}T16:00:00.000Z`,
      value: 9_000,
      tier: 't1',
      category: 'refunds',
      channel: 'email',
    });
    expect(idsOf((await get(`tickets?figure=replies_within_target&${WEEK}`)).body)).toEqual([2, 1, 3]);
    expect(idsOf((await get('tickets?figure=waiting')).body)).toEqual([1, 2, 3]);
  });

  test('are listed to those whom Zendesk shows them, and counted for all', async () => {
    const own = (await get(`tickets?figure=first_reply_time&${WEEK}`, 'own')).body;
    expect([own.total, own.pages, idsOf(own)]).toEqual([4, 1, [3]]);
    const authorization = await aWall();
    for (const figure of ['first_reply_time', 'waiting', 'oldest_wait']) {
      const path = `/api/dashboard/tickets?figure=${figure}&${WEEK}`;
      const { body } = await request(fixture.app).get(path).set('authorization', authorization);
      expect(body).toMatchObject({ pages: 0, tickets: [] });
      expect(body.total).toBeGreaterThan(2);
    }
  });

  test('agree with the figure, whichever it is', async () => {
    await given(
      aMeasure('csat', at('15:00'), { score: 2 }),
      aMeasure('ces', at('15:00'), { score: 7 }),
      aMeasure('steps_followed', at('15:00'), { score: 50 }),
      aMeasure('reopen', at('15:00')),
      aMeasure('solve', at('15:00')),
      aMeasure('survey_asked', at('15:00'), { met: true }),
    );
    for (const figure of FIGURE_IDS) {
      const { status, body } = await get(`tickets?figure=${figure}&${WEEK}`);
      expect([status, figure]).toEqual([200, figure]);
      expect([figure, body.tickets.length]).toEqual([figure, body.total]);
    }
    const { body } = await get(`tickets?figure=csat&${WEEK}`);
    expect(body).toMatchObject({ unit: 'score', tickets: [{ value: 2 }] });
  });

  test('are those of one row, cell or bar, as many as it shows', async () => {
    await given(
      aMeasure('department_answer', at('17:00'), { seconds: 7_200, detail: 'warehouse' }),
      aMeasure('department_answer', at('17:00'), { seconds: 60, detail: 'gone' }),
      aMeasure('automatic_category', at('15:00'), { met: true, detail: 'money' }),
      aMeasure('automatic_category', at('15:00'), { met: false, detail: 'none' }),
      aMeasure('override', at('15:30'), { detail: 'money' }),
      aMeasure('arrival', at('15:00'), { category: null, tier: null }),
      aMeasure('arrival', at('15:30'), { category: 'removed', tier: 'removed' }),
      aMeasure('arrival', at('16:00')),
      aMeasure('solve', '2026-10-10T15:00:00Z'),
    );
    // Of no tier, of the department, and assigned.
    await fixture.givenTicket({ id: 5, tier: null, groupId: 19, assigneeId: 7, waitingSince: new Date(at('09:00')) });
    const now = fixture.now();
    const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000);
    await fixture.givenTicket({ id: 6, tier: 't2', waitingSince: hoursAgo(6) });
    for (const [query, total] of [
      ['figure=department_answer_time&department=warehouse', 1],
      ['figure=automatic_rate&trigger=money', 1],
      ['figure=automatic_rate&trigger=none', 1],
      ['figure=override_rate&trigger=money', 1],
      ['figure=arrivals&category=', 1],
      ['figure=arrivals&tier=', 1],
      ['figure=arrivals&category=removed', 1],
      ['figure=arrivals&tier=removed', 1],
      ['figure=arrivals&categories=refunds,removed', 2],
      ['figure=arrivals&categories=refunds,', 2],
      [`figure=arrivals&from=${at('15:00')}&to=${at('16:00')}`, 2],
      ['figure=solves&from=2026-10-10T00:00:00Z&to=2026-10-11T00:00:00Z', 1],
      ['figure=waiting&department=warehouse', 1],
      ['figure=waiting&tier=', 1],
      ['figure=waiting&unassigned=1', 3],
      ['figure=waiting&waited=4..8', 1],
      ['figure=waiting&waited=168..', 4],
    ] as const) {
      const { status, body } = await get(`tickets?${query}&${WEEK}`, 'admin');
      expect([query, status, body.total]).toEqual([query, 200, total]);
    }
  });

  test('of one agent are for those who may see that agent’s figures, also as CSV', async () => {
    await given(aMeasure('solve', at('15:00'), { agentId: WHO.agent }));
    const authorization = await aWall();
    for (const path of ['tickets?', 'export.csv?section=tickets&']) {
      const query = `${path}figure=solves&agent=${WHO.agent}&${WEEK}`;
      for (const who of ['admin', 'lead', 'agent'] as const)
        expect([who, (await get(query, who)).status]).toEqual([who, 200]);
      for (const who of ['otherLead', 'otherAgent', 'light', 'own'] as const)
        expect([who, (await get(query, who)).status]).toEqual([who, 403]);
      const wall = await request(fixture.app).get(`/api/dashboard/${query}`).set('authorization', authorization);
      expect(wall).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    }
    expect((await get(`tickets?figure=solves&agent=${WHO.agent}&${WEEK}`, 'lead')).body.total).toBe(1);
  });

  test.each([
    'figure=arrivals&agent=x',
    'figure=arrivals&trigger=money',
    'figure=arrivals&department=warehouse',
    'figure=waiting&department=moon',
    'figure=arrivals&unassigned=1',
    'figure=waiting&waited=4',
    'figure=arrivals&from=2026-11-10T00:00:00Z',
    'figure=arrivals&from=2026-11-10T00:00:00Z&to=2026-11-10T00:00:00Z',
    'figure=arrivals&from=2020-11-10T00:00:00Z&to=2026-11-10T00:00:00Z',
  ])('are refused for what does not go together: %s', async (query) => {
    expect(await get(`tickets?${query}`)).toMatchObject({ status: 400, body: { error: 'bad_request' } });
  });

  test.each(['', 'figure=moon', 'figure=csat&figure=ces', 'figure=csat&page=0', 'figure=csat&page=201'])(
    'are refused for ?%s',
    async (query) => {
      expect(await get(`tickets?${query}`)).toMatchObject({ status: 400, body: { error: 'bad_request' } });
    },
  );
});

test('raw scores stand beside those that count: the last submitted of each survey, also where no answer counts', async () => {
  await fixture.givenTicket({ id: 42 });
  await fixture.givenTicket({ id: 43 });
  await given(aMeasure('csat', at('15:00'), { score: 5, detail: 'csat' }));
  for (const [ticketId, scores, counts] of [
    [42, [5, 1], true],
    [43, [2], false],
  ] as const) {
    const { id: invitationId } = await givenInvitation(database.db, { survey: 'csat', state: 'answered', ticketId });
    const seen = { agentKind: 'browser', unlikeBrowser: false, gesture: true, signals: null, trapFilled: false };
    for (const [minute, score] of scores.entries()) {
      const row = { invitationId, at: new Date(at(`15:0${minute}`)), agent: 'x', score, final: true, seen, used: true };
      await database.db
        .insert(surveySubmissions)
        .values({ ...row, verdict: 'machine', points: 9, reasons: [] } as never);
    }
    const answeredAt = new Date(at('15:00'));
    if (counts)
      await database.db.insert(responses).values({ invitationId, score: 5, answeredAt, changedAt: answeredAt });
  }
  const { body } = await get(`tickets?figure=csat&${WEEK}`);
  expect(body).toMatchObject({ raw: { n: 2, value: 0 }, tickets: [{ ticket: { id: 42 }, value: 5, raw: 1 }] });
  expect((await get(`tickets?figure=csat_mean&${WEEK}`)).body.raw).toEqual({ n: 2, value: 1.5 });
  expect((await get(`tickets?figure=arrivals&${WEEK}`)).body).not.toHaveProperty('raw');
});

test('behind the response rate is who was not surveyed and why, but on no wall and not where it cannot be told', async () => {
  const due = { state: 'cancelled', dueAt: new Date(at('15:00')) } as const;
  for (const [index, reason] of ['contacted_recently', 'contacted_recently', 'unsubscribed'].entries()) {
    await fixture.givenTicket({ id: 41 + index, tier: 't1' });
    await givenInvitation(database.db, { ...due, ticketId: 41 + index, reason });
  }
  await givenInvitation(database.db, { ...due, ticketId: null, survey: 'nps', reason: 'over_quota' });
  await givenInvitation(database.db, { ...due, ticketId: null, survey: 'pulse', reason: 'unsubscribed' });
  await givenInvitation(database.db, {
    ...due,
    ticketId: null,
    survey: 'nps',
    reason: 'no_email',
    dueAt: new Date('2026-10-01'),
  });
  const asked = `tickets?figure=response_rate&${WEEK}`;
  const ofTicket = [
    { survey: 'csat', reason: 'contacted_recently', n: 2 },
    { survey: 'csat', reason: 'unsubscribed', n: 1 },
  ];
  const { body } = await get(asked);
  expect(body.notSurveyed).toEqual([...ofTicket, { survey: 'nps', reason: 'over_quota', n: 1 }]);
  expect((await get(`${asked}&tier=t1`)).body.notSurveyed).toEqual(ofTicket);
  for (const part of [`${asked}&channel=email`, `${asked}&page=2`, `tickets?figure=csat&${WEEK}`])
    expect((await get(part)).body).not.toHaveProperty('notSurveyed');
  const wall = await request(fixture.app)
    .get(`/api/dashboard/${asked}`)
    .set('authorization', await aWall());
  expect(wall.body).not.toHaveProperty('notSurveyed');
});

test('customers at risk are counted for all agents, and listed for those who may see their tickets', async () => {
  await fixture.givenTicket({ id: 42 });
  const answeredAt = new Date(fixture.now() - 86_400_000);
  for (const [requesterId, ticketId] of [
    [501, 42],
    [502, null],
  ] as const) {
    const asked = { survey: 'csat', state: 'answered', recipient: `${requesterId}@example.com` } as const;
    const { id } = await givenInvitation(database.db, { ...asked, requesterId, ticketId: ticketId ?? 0 });
    if (ticketId === null) await database.db.update(invitations).set({ ticketId }).where(eq(invitations.id, id));
    await database.db.insert(responses).values({ invitationId: id, score: 1, answeredAt, changedAt: answeredAt });
  }
  const { body } = await get('at-risk', 'admin');
  expect(body).toMatchObject({
    n: 2,
    customers: [
      { customerId: 501, ticket: { id: 42 }, survey: 'csat', score: 1, outOf: 5, badAnswers: 1, followUp: 'none' },
      { customerId: 502, ticket: null },
    ],
  });
  expect((await get('at-risk', 'own')).body).toEqual({ n: 2, customers: [] });
  const wall = await request(fixture.app)
    .get('/api/dashboard/at-risk')
    .set('authorization', await aWall());
  expect(wall.status).toBe(403);
});

describe('what is seen, as CSV', () => {
  const csv = async (query: string, who: Who = 'agent') => (await get(`export.csv?${query}`, who)).text;

  test.each(['overview', 'trends', 'goals', 'queues', 'rules', 'team', 'links', 'tickets&figure=arrivals'])(
    'of %s',
    async (section) => {
      await aWall();
      await given(aMeasure('arrival', at('15:00'), { detail: null }));
      const answer = await get(`export.csv?section=${section}&${WEEK}`, 'admin');
      const name = section.split('&')[0];
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="deskwright-${name}-2026-11-09..2026-11-15.csv"`,
        'cache-control': 'no-store',
      });
      expect(answer.text.startsWith('\uFEFF')).toBe(true);
      const lines = parse(answer.text, { bom: true, columns: true });
      expect(lines.length).toBeGreaterThan(0);
    },
  );

  test('runs no formula that somebody wrote into a name', async () => {
    await addAnnotation(database.db, { at: new Date(at('12:00')), text: '=1+1', category: null, who: 'ana' });
    const trends = await csv(`section=trends&${WEEK}`);
    expect(trends).toContain("'=1+1");
    await request(fixture.app)
      .post('/api/dashboard/links')
      .set('authorization', await fixture.bearer('admin'))
      .send({ name: '=2+2' })
      .expect(201);
    await database.db.insert(people).values({ id: 99, name: '@sum(a)', role: 'agent', fetchedAt: new Date() });
    await given(aMeasure('solve', at('15:00'), { agentId: 99 }));
    const links = await csv('section=links', 'admin');
    const team = await csv(`section=team&${WEEK}`, 'admin');
    expect(links).toContain("'=2+2");
    expect(team).toContain("'@sum(a)");
    for (const text of [trends, links, team])
      for (const start of ['=', '+', '@', '\t']) expect(text).not.toContain(`,${start}`);
  });

  test('has only what the viewer sees', async () => {
    await fixture.givenTicket({ id: 4242 });
    expect(await csv('section=tickets&figure=waiting')).toContain('4242');
    expect(await csv('section=tickets&figure=waiting', 'own')).not.toContain('4242');
    const authorization = await aWall();
    for (const query of ['section=tickets&figure=waiting', 'section=overview']) {
      const answer = await request(fixture.app)
        .get(`/api/dashboard/export.csv?${query}`)
        .set('authorization', authorization);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toMatch(/4242|zendesk|ana@/);
    }
  });

  test('of wall links is for admins, and gives no link away', async () => {
    const wall = await aWall();
    for (const who of ['lead', 'agent'] as const) expect((await get('export.csv?section=links', who)).status).toBe(403);
    const text = await csv('section=links', 'admin');
    expect(text).toContain('Office');
    expect(text).not.toContain(wall.split(' ')[1]);
    const call = request(fixture.app).get('/api/dashboard/export.csv?section=links').set('authorization', wall);
    expect((await call).status).toBe(403);
  });

  test.each(['', 'section=tickets', 'section=trends&range=x'])('is refused for ?%s', async (query) => {
    expect(await get(`export.csv?${query}`)).toMatchObject({ status: 400, body: { error: 'bad_request' } });
  });
});

test('a wall shows when a launch was, not what somebody wrote of it, and names no group but those of the policy', async () => {
  await addAnnotation(database.db, { at: new Date(at('12:00')), text: 'Refunds for Kim', category: null, who: 'ana' });
  await saveGroups(database.db, new Map([...(await readGroups(database.db)), ['Complaints about Ana', 77]]));
  const authorization = await aWall();
  const read = (path: string) => request(fixture.app).get(`/api/dashboard/${path}`).set('authorization', authorization);
  expect((await get(`trends?${WEEK}`)).body.annotations).toMatchObject([{ kind: 'mark', text: 'Refunds for Kim' }]);
  expect((await read(`trends?${WEEK}`)).body.annotations).toMatchObject([{ kind: 'mark', text: '' }]);
  await until(async () => (await get('?compare=0')).text.includes('Complaints'));
  for (const path of [`trends?${WEEK}`, `export.csv?section=trends&${WEEK}`, '?compare=0', '?group=78', '?group=77'])
    expect((await read(path)).text).not.toMatch(/Kim|Complaints/);
  const { body } = await read('?compare=0');
  expect(body.choices.groups.map(({ name }: { name: string }) => name)).toContain('Support Tier 1');
  await saveGroups(
    database.db,
    new Map([
      ['Support Tier 1', 11],
      ['Support Tier 2', 12],
      ['Warehouse', 19],
    ]),
  );
});

describe('figures of single agents', () => {
  beforeEach(async () => {
    const fetchedAt = new Date();
    await database.db
      .insert(people)
      .values(Object.entries(WHO).map(([name, id]) => ({ id, name, role: 'agent' as const, fetchedAt })));
    await given(
      aMeasure('solve', at('15:00'), { agentId: WHO.agent }),
      aMeasure('solve', at('16:00'), { agentId: WHO.otherAgent }),
      aMeasure('solve', at('17:00'), { agentId: WHO.light }),
    );
  });

  test.each([
    ['admin', ['admin', 'agent', 'light', 'otherAgent'], false],
    ['lead', ['lead', 'agent'], false],
    ['otherLead', ['otherLead', 'otherAgent'], false],
    ['agent', ['agent'], true],
    ['otherAgent', ['otherAgent'], true],
    ['light', ['light'], true],
    ['own', ['own'], true],
  ] as const)('%s sees those of %j', async (who, names, onlyYou) => {
    const { body, text } = await get(`team?${WEEK}`, who);
    expect(body.agents.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(body.agents[0].isYou).toBe(true);
    expect(body.onlyYou).toBe(onlyYou);
    const hidden = Object.entries(WHO).filter(([name]) => !(names as readonly string[]).includes(name));
    for (const [, id] of hidden) expect(text).not.toContain(`:${id},`);
    const file = await get(`export.csv?section=team&${WEEK}`, who);
    const agents = parse(file.text, { bom: true, columns: true }).map((line) => (line as { agent: string }).agent);
    expect([...new Set(agents)]).toEqual(names);
  });

  test('a lead sees only what was done in their tier, also of an agent of two tiers', async () => {
    fixture.change('agent', { group_ids: [11, 12] });
    await given(
      aMeasure('solve', '2026-11-11T15:00:00Z', { agentId: WHO.agent, tier: 't1' }),
      ...['16', '17'].map((hour) => aMeasure('solve', `2026-11-11T${hour}:00:00Z`, { agentId: WHO.agent, tier: 't2' })),
    );
    const solves = async (who: Who) => {
      const { body } = await get('team?range=2026-11-11..2026-11-11', who);
      const row = body.agents.find(({ name }: { name: string }) => name === 'agent');
      return row?.figures.find(({ id }: { id: string }) => id === 'solves').value;
    };
    expect(await solves('lead')).toBe(1);
    expect(await solves('otherLead')).toBe(2);
    expect(await solves('admin')).toBe(3);
    expect(await solves('agent')).toBe(3);
  });

  test('nobody sees them on a wall', async () => {
    const wall = await aWall();
    const team = await request(fixture.app).get('/api/dashboard/team').set('authorization', wall);
    expect(team).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    const file = request(fixture.app).get('/api/dashboard/export.csv?section=team').set('authorization', wall);
    expect(await file).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    for (const section of ['trends', 'queues', 'rules'])
      expect((await request(fixture.app).get(`/api/dashboard/${section}`).set('authorization', wall)).status).toBe(200);
  });
});
