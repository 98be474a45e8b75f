import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { aDecision } from '../../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { saveGroups } from '../../directory/directory.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { lastGoodPolicy } from '../../policy/last-good-policy.ts';
import { givenTicket } from '../../surveys/testing/survey-fixtures.ts';
import { decisions } from '../../tickets/tables.ts';
import { createZendesk } from '../../zendesk/create-zendesk.ts';
import { SILENT } from '../../zendesk/testing/zendesk-fixtures.ts';
import { explainTicket } from '../explain-ticket.ts';
import { ruleChangesReader } from './read-rule-changes.ts';

const POLICY = `
version: 1
company: Testshop
time_zone: Europe/Berlin
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: refunds, name: Refunds, tier: t1 }]
default_category: refunds
`;

let database: TestDatabase;
let local: LocalZendesk;
let group: number;
beforeAll(async () => {
  database = await createTestDatabase();
  local = await startLocalZendesk({ port: 0, smtpPort: 0, seed: 'empty' });
  group = ok(local.account.groups.create({ name: 'Support Tier 1' }, by())).id;
  await saveGroups(database.db, new Map([['Support Tier 1', group]]));
  await lastGoodPolicy(database.db).keep({
    ok: true,
    text: POLICY,
    named: [],
    guidance: new Map(),
    included: [],
    notIncluded: [],
  });
});
afterEach(() => local.faults.reset());
afterAll(async () => {
  await local.stop();
  await database.drop();
});

const by = () => ({ id: local.account.ownerId });

function ok<T>(result: { ok: true; value: T } | { ok: false }): T {
  if (!result.ok) throw new Error(`The local Zendesk refused what a test set up: ${JSON.stringify(result)}`);
  return result.value;
}

/** In Zendesk with more than a page of audits; the rules change it on the first and on the second page. */
async function givenRuledTicket(): Promise<number> {
  const { account, clock } = local;
  const word = `case${account.tickets.count()}`;
  const onWord = { field: 'comment_includes_word', operator: 'includes', value: word };
  const vip = ok(account.groups.create({ name: 'VIP' }, by())).id;
  const actions = [
    { field: 'group_id', value: String(vip) },
    { field: 'current_tags', value: 'vip tier__t1' },
  ];
  ok(account.triggers.create({ title: 'Route VIPs', conditions: { all: [onWord] }, actions }, by()));
  const requester_id = ok(account.users.create({ name: 'Kim', email: `${word}@customers.test` }, by())).id;
  const { id } = ok(
    account.tickets.create({ subject: word, comment: { body: `the ${word}`, public: true }, requester_id }, by()),
  ).ticket;
  for (let n = 1; n <= 100; n++) ok(account.tickets.update(id, { comment: { body: `${n}`, public: false } }, by()));
  ok(account.tickets.update(id, { priority: 'high' }, by()));
  clock.advance(6 * 3_600_000);
  const waits = [
    { field: 'created_at', operator: 'greater_than', value: '5' },
    { field: 'status', operator: 'less_than', value: 'solved' },
    { field: 'priority', operator: 'is', value: 'high' },
  ];
  const lower = [{ field: 'priority', value: 'low' }];
  const automation = ok(
    account.automations.create({ title: 'Calms down', conditions: { all: waits }, actions: lower }, by()),
  );
  account.tickets.runAutomations();
  account.automations.delete(automation.id, by());

  await givenTicket(database.db, { id });
  await database.db.insert(decisions).values({
    ticketId: id,
    trigger: 'ticket.created',
    policyHash: 'x',
    decidedAt: new Date(Date.parse(account.tickets.find(id)?.created_at ?? '') + 1_000),
    outcome: 'acted',
    category: 'refunds',
    tier: 't1',
    priority: 'high',
    decision: aDecision({ priority: 'high' }),
    sentence: 'Refunds.',
  });
  return id;
}

/** `before` runs before each call to Zendesk, and may answer in its place. */
function explain(
  ticketId: number,
  before: (url: string) => Response | void = () => undefined,
  { json = false, timeoutMs = 20_000 } = {},
) {
  const printed: string[] = [];
  const zendesk = createZendesk({
    baseUrl: local.url,
    oauth: { clientId: 'deskwright', clientSecret: 'deskwright' },
    clock: Date.now,
    logger: SILENT,
    limits: { readTries: 2, backoffMs: 1, timeoutMs, longestReadWaitMs: 0 },
    fetch: async (input, init) => before(input as string) ?? fetch(input, init),
  });
  return explainTicket({
    db: database.db,
    ticketId,
    json,
    readRules: ruleChangesReader(async () => zendesk),
    words: null,
    out: (line) => void printed.push(line),
  }).then((code) => ({ code, told: printed.join('\n') }));
}

test('Zendesk’s own rules stand among the effects at their time, with where they go against the policy', async () => {
  const id = await givenRuledTicket();
  await database.db.insert(outbox).values({
    kind: 'ticket_change',
    key: `effect-${id}`,
    ticketId: id,
    payload: { cause: 'decision', change: { priority: 'high' } },
    state: 'done',
    finishedAt: new Date(Date.parse(local.account.tickets.find(id)?.created_at ?? '') + 3_600_000),
  });

  const { code, told } = await explain(id);

  expect(code).toBe(0);
  const lines = told.slice(told.indexOf('Effects, and what')).split('\n').slice(1);
  const [trigger] = local.account.triggers.list().filter(({ title }) => title === 'Route VIPs');
  expect(lines.map((line) => line.slice(23))).toEqual([
    `Zendesk trigger "Route VIPs" (${trigger?.id}) set group from none to group ${local.account.tickets.find(id)?.group_id}; against Deskwright, which wants Support Tier 1: take that action out of one of the two`,
    `Zendesk trigger "Route VIPs" (${trigger?.id}) added the tags tier__t1, vip; Deskwright sets the same (tier__t1): one of the two is not needed`,
    'ticket_change    done',
    expect.stringMatching(
      /^Zendesk automation "Calms down" \(\d+, deleted since\) set priority from high to low; sets back what Deskwright wants \(high\): take that action out of one of the two$/,
    ),
  ]);
  const story = JSON.parse((await explain(id, undefined, { json: true })).told);
  expect(story.zendeskRules).toMatchObject({
    missing: null,
    changes: [
      { kind: 'trigger', title: 'Route VIPs', field: 'group_id', verdict: 'against', wanted: String(group) },
      { field: 'tags', to: ['tier__t1', 'vip'], verdict: 'same', wanted: ['tier__t1'] },
      { kind: 'automation', isDeleted: true, field: 'priority', from: 'high', to: 'low', verdict: 'back' },
    ],
  });
});

test('of a custom field only values that an admin defined are shown, never what somebody wrote in it', async () => {
  const { account } = local;
  const reason = ok(
    account.ticketFields.create(
      { type: 'tagger', title: 'Reason', custom_field_options: [{ name: 'Money', value: 'money' }] },
      by(),
    ),
  );
  const written = ok(account.ticketFields.create({ type: 'text', title: 'Order number' }, by()));
  const onWord = { field: 'comment_includes_word', operator: 'includes', value: 'cleanup' };
  const actions = [
    { field: `custom_fields_${reason.id}`, value: 'money' },
    { field: `custom_fields_${written.id}`, value: 'Removed' },
  ];
  ok(account.triggers.create({ title: 'Clean up', conditions: { all: [onWord] }, actions }, by()));
  const requester_id = ok(account.users.create({ name: 'Kim', email: 'clean@customers.test' }, by())).id;
  const custom_fields = [{ id: written.id, value: 'Robinson' }];
  const { id } = ok(
    account.tickets.create(
      { subject: 'cleanup', comment: { body: 'the cleanup', public: true }, requester_id, custom_fields },
      by(),
    ),
  ).ticket;
  await givenTicket(database.db, { id });

  const { told } = await explain(id);

  expect(told).toContain('to money');
  expect(told).toContain('(not shown)');
  expect(told).not.toMatch(/Robinson|Removed/);
});

describe('when Zendesk fails in the middle, explain shows what it read and says why the rest is missing:', () => {
  let id: number;
  beforeAll(async () => {
    id = await givenRuledTicket();
  });
  /** At the second page. */
  const once = (act: () => void) => {
    let done = false;
    return (url: string) => {
      if (done || !url.includes('page%5Bafter%5D')) return;
      done = true;
      act();
    };
  };

  test.each([
    ['a 429', { answer: 429, retry_after: 30 }, 'Zendesk limits requests; run it again in a minute'],
    ['a 500', { answer: 500 }, 'Zendesk cannot be reached; run it again later'],
    ['a time-out', { answer: 'timeout' }, 'Zendesk cannot be reached; run it again later'],
  ] as const)('%s', async (_, fault, reason) => {
    const { code, told } = await explain(
      id,
      once(() => void local.faults.rest.add(fault)),
      fault.answer === 'timeout' ? { timeoutMs: 500 } : {},
    );
    expect(code).toBe(0);
    expect(told).toContain('Zendesk trigger "Route VIPs"');
    expect(told).not.toContain('Calms down');
    expect(told).toContain(`automations changed is not complete: ${reason}`);
    expect(told).toContain('Refunds.');
  });

  test('a token revoked in the middle is renewed', async () => {
    const { told } = await explain(
      id,
      once(() => {
        for (const token of local.account.oauth.tokens()) local.account.oauth.revoke(token.id);
      }),
    );
    expect(told).toContain('Calms down');
  });

  test('a login that is taken away in the middle', async () => {
    let isTaken = false;
    const takeAway = once(() => {
      isTaken = true;
      for (const token of local.account.oauth.tokens()) local.account.oauth.revoke(token.id);
    });
    const { told } = await explain(id, (url) => {
      takeAway(url);
      return isTaken && url.endsWith('/oauth/tokens')
        ? Response.json({ error: 'invalid_client' }, { status: 401 })
        : undefined;
    });
    expect(told).toContain('automations changed is not complete: Zendesk refuses the login or its scope');
  });
});

test('without an account that can be asked, the rest is told, with the reason', async () => {
  const id = await givenRuledTicket();
  const printed: string[] = [];
  const readRules = ruleChangesReader(async () => {
    throw new Error('ZENDESK_SUBDOMAIN is not set');
  });
  const ask = (json: boolean) =>
    explainTicket({
      db: database.db,
      ticketId: id,
      json,
      readRules,
      words: null,
      out: (line) => void printed.push(line),
    });
  expect(await ask(false)).toBe(0);
  expect(printed.join('\n')).toContain('automations changed is missing: ZENDESK_SUBDOMAIN is not set.');
  printed.length = 0;
  await ask(true);
  expect(JSON.parse(printed.join(''))).toMatchObject({ zendeskRules: { changes: [], missing: expect.any(String) } });
});
