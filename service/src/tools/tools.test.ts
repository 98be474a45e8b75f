import type { ToolsCard } from '@deskwright/shared/contract';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { outbox } from '../platform/outbox/tables.ts';
import { LENA, OMAR, T3 } from '../sidebar/actions/testing/actions-fixture.ts';
import { readTicket } from '../sidebar/card/read-ticket.ts';
import { toolsSection } from './card/tools-section.ts';
import { eraseOldInputs, toolsErasing } from './erasing.ts';
import { createToolsFixture, type ToolsFixture } from './testing/tools-fixture.ts';

let database: TestDatabase;
let tools: ToolsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  tools = await createToolsFixture(database);
  await tools.placed(42);
});
afterEach(() => tools.close());
afterAll(() => database.drop());

const refusal = (error: string, more: object = {}) => ({ kind: 'refused', refusal: { error, ...more } });
const inTier3 = { ...LENA, groupIds: [T3], email: 'kim@northwind.test' };
const light = { ...LENA, may: { edit: false, editTags: false, assignTo: 'own_groups' as const } };

describe('a tool that looks something up', () => {
  test('shows what the policy names of the answer, with its time, and keeps nothing of it', async () => {
    tools.office.reply = () => ({ body: { status: 'paid', parts: [{ name: 'Tent' }, { name: 'Peg' }], secret: 'x' } });
    expect(await tools.asks('order', { order: ' NW-12345 ', other: 'x' })).toEqual({
      kind: 'answer',
      body: {
        kind: 'found',
        asOf: '2026-03-02T15:00:00.000Z',
        staleSince: null,
        fields: [
          { label: 'Status', values: ['paid'] },
          { label: 'Parts', values: ['Tent', 'Peg'] },
        ],
      },
    });
    expect(tools.heard).toMatchObject([{ method: 'GET', url: '/orders/NW-12345', login: 'Bearer hush' }]);
    expect(await tools.rows()).toMatchObject([
      { toolId: 'order', kind: 'read', state: 'done', agentId: LENA.id, requesterId: 900, inputs: null, status: 200 },
    ]);
    expect(JSON.stringify(tools.logged)).not.toMatch(/NW-12345|hush|paid|robin/);
  });

  test.each([
    ['nothing', { status: 404 }, { kind: 'nothing' }],
    ['an error', { status: 500 }, { kind: 'failed', why: 'broken', status: 500 }],
    ['no answer', { ends: true as const }, { kind: 'failed', why: 'unreachable', status: null }],
  ])('says so when the other system has %s', async (_what, reply, answer) => {
    tools.office.reply = () => reply;
    expect(await tools.asks('order', { order: 'NW-12345' })).toMatchObject({ kind: 'answer', body: answer });
  });

  test('sends nothing without its secret, without what it needs, or as a dry run', async () => {
    expect(await tools.asks('order', {})).toMatchObject(refusal('fields_missing', { fields: ['order'] }));
    expect(await tools.asks('order', { order: 'x' })).toMatchObject(refusal('fields_wrong', { fields: ['order'] }));
    expect(await tools.asks('reset', {}, { dryRun: true })).toMatchObject({
      body: {
        kind: 'dry_run',
        method: 'POST',
        address: expect.stringMatching(/\/accounts\/robin%40shop\.test\/reset$/),
        question: 'Send robin@shop.test a new password?',
      },
    });
    expect(JSON.stringify(await tools.asks('order', { order: 'NW-12345' }, { dryRun: true }))).not.toContain('hush');
    delete tools.deps.secrets['office'];
    expect(await tools.asks('order', { order: 'NW-12345' })).toMatchObject({ body: { why: 'not_set_up' } });
    expect(tools.heard).toEqual([]);
  });

  test('is answered like one that there is not, to whom the policy does not allow it', async () => {
    const unknown = await tools.asks('nothing', {});
    expect(unknown).toMatchObject({ ...refusal('forbidden'), status: 403 });
    expect(await tools.asks('order', { order: 'NW-12345' }, { agent: inTier3 })).toEqual(unknown);
    expect(await tools.runs('cancel', { account: 'A' }, { agent: OMAR })).toEqual(unknown);
    expect(await tools.sees('order', inTier3)).toEqual(unknown);
    expect(await tools.asks('order', { order: 'NW-12345' }, { agent: light })).toMatchObject(refusal('read_only'));
  });
});

test('a tool whose secret is not set is offered to nobody', async () => {
  expect(await offered(LENA, { office: 'hush' })).toEqual(['order', 'cancel', 'reset', 'export', 'quiet', 'account']);
  expect(await offered(LENA, {})).not.toContain('order');
});

async function offered(agent: object, secrets: Record<string, string>): Promise<string[]> {
  const found = await readTicket(database.db, 42);
  const inForce = tools.deps.policy.current();
  const context = { ...found, inForce, directory: tools.deps.directory.current(), agent, rows: () => [] };
  const read = toolsSection(secrets).read as unknown as (on: object) => ToolsCard;
  const card = read(context);
  return [...card.tools, ...card.beside].map(({ id }) => id);
}

test('what was done with a tool is shown only to who may use it', async () => {
  const { rows } = tools;
  await tools.runs('reset');
  const found = await readTicket(database.db, 42);
  const inForce = tools.deps.policy.current();
  const seenBy = async (agent: object) => {
    const all = (await rows()).map((run) => ({ ...run, by: null }));
    const context = { ...found, inForce, directory: tools.deps.directory.current(), agent, rows: () => all };
    const read = toolsSection({}).read as unknown as (on: object) => ToolsCard;
    return read(context).runs.map(({ tool }) => tool);
  };
  expect([await seenBy(LENA), await seenBy(inTier3)]).toEqual([['Reset password'], []]);
});

describe('what is shown beside the ticket', () => {
  test('is asked for once in a while, and shown as stale when its system is down', async () => {
    tools.office.reply = () => ({ body: { since: '2019' } });
    const found = { kind: 'found', asOf: '2026-03-02T15:00:00.000Z', fields: [{ label: 'Since', values: ['2019'] }] };
    expect(await tools.sees('account')).toMatchObject({ body: { ...found, staleSince: null } });
    await tools.sees('account');
    expect(tools.heard).toHaveLength(1);
    tools.office.reply = () => ({ status: 503 });
    tools.passes(60_000);
    const stale = { body: { ...found, staleSince: '2026-03-02T15:01:00.000Z' } };
    expect(await tools.sees('account')).toMatchObject(stale);
    tools.passes(60_000);
    expect(await tools.sees('account')).toMatchObject(stale);
    const asked = tools.heard.length;
    expect(await tools.sees('account')).toMatchObject(stale);
    expect(tools.heard).toHaveLength(asked);
    tools.passes(2 * 3_600_000);
    expect(await tools.sees('account')).toMatchObject({ body: { kind: 'failed', why: 'broken', status: 503 } });
  });

  test('is recorded once in ten minutes for each agent, and neither seen by agents who may only read nor offered to them', async () => {
    tools.office.reply = () => ({ body: { since: '2019' } });
    const inT1 = { ...OMAR, groupIds: LENA.groupIds };
    await tools.sees('account');
    await tools.sees('account', inT1);
    tools.passes(599_000);
    await tools.sees('account');
    tools.passes(2_000);
    await tools.sees('account');
    const seen = { toolId: 'account', ticketId: 42, kind: 'read', state: 'done' };
    expect(await tools.rows()).toMatchObject([LENA, inT1, LENA].map(({ id: agentId }) => ({ ...seen, agentId })));
    expect(tools.logged.flat().filter((record) => 'toolId' in record)).toHaveLength(3);
    expect(await tools.sees('account', light)).toMatchObject(refusal('read_only'));
    expect(await offered(light, { office: 'hush' })).toEqual([]);
  });
});

describe('a tool that changes something', () => {
  test('is sent once however often its form is sent, and leaves exactly one note', async () => {
    const once = () => tools.runs('reset', {}, { requestId: 'one-request' });
    expect(await once()).toEqual({ kind: 'done' });
    expect(await tools.runs('reset')).toMatchObject(refusal('conflict'));
    await tools.work();
    expect(await once()).toEqual({ kind: 'done' });
    await tools.work();
    expect(tools.heard).toMatchObject([
      { method: 'POST', url: '/accounts/robin%40shop.test/reset', key: 'one-request' },
    ]);
    expect(tools.notes(42).filter((note) => note.includes('Reset password'))).toEqual([
      'Reset password: done by Lena Fischer',
    ]);
    expect(await tools.rows()).toMatchObject([{ state: 'done', status: 200, inputs: null, failure: null }]);
    expect(await tools.runs('order', {}, { requestId: 'one-request' })).toMatchObject(refusal('conflict'));
  });

  test('is refused for a form that asked for it with other inputs', async () => {
    const cancels = (account: string) => tools.runs('cancel', { account }, { agent: LENA, requestId: 'one-request' });
    await tools.sendsCode();
    await tools.work();
    await tools.says(tools.lastCode());
    expect(await cancels(' A-1 ')).toEqual({ kind: 'done' });
    expect(await cancels('A-1')).toEqual({ kind: 'done' });
    expect(await cancels('A-2')).toMatchObject(refusal('conflict'));
    await tools.work();
    expect(await tools.rows()).toMatchObject([{ state: 'done', inputs: null }]);
    expect(await cancels('A-1')).toEqual({ kind: 'done' });
    expect(await cancels('A-2')).toMatchObject(refusal('conflict'));
  });

  test('leaves nothing by which its inputs could be found once its form is not sent again or the customer is forgotten', async () => {
    const checks = async () => (await tools.rows()).map(({ inputsCheck }) => inputsCheck);
    const DAY_MS = 86_400_000;
    await tools.runs('reset', {}, { agent: LENA, requestId: 'one-request' });
    await tools.work();
    await eraseOldInputs(database.db, new Date(tools.now().getTime() + DAY_MS - 1));
    expect(await checks()).toEqual([expect.any(Number)]);
    await eraseOldInputs(database.db, new Date(tools.now().getTime() + DAY_MS + 1));
    expect(await checks()).toEqual([null]);
    await tools.runs('reset');
    await tools.work();
    expect(await checks()).toEqual([null, expect.any(Number)]);
    await database.db.transaction((tx) =>
      toolsErasing.onEraseTickets(tx, { ids: [42], now: tools.now(), gone: false }),
    );
    expect(await checks()).toEqual([null, null]);
    expect((await tools.rows()).map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test.each([
    ['refused', { status: 409 }, 'failed', 'NOT done: the other system refused it (HTTP 409).'],
    [
      'in doubt',
      { status: 500 },
      'in_doubt',
      'NOT KNOWN whether it was done: the other system answered with an error (HTTP 500).',
    ],
    [
      'cut off',
      { ends: true as const },
      'in_doubt',
      'NOT KNOWN whether it was done: the other system could not be reached',
    ],
  ])('that is %s is told as that, and never sent again by itself', async (_what, reply, state, note) => {
    tools.office.reply = () => reply;
    await tools.runs('reset');
    await tools.work();
    await tools.letTimePass();
    await tools.work();
    expect(tools.heard).toHaveLength(1);
    expect(await tools.rows()).toMatchObject([{ state }]);
    expect(tools.notes(42).filter((each) => each.startsWith('Reset password'))).toEqual([
      expect.stringContaining(note),
    ]);
  });

  test('whose process died in the middle is told as in doubt, and not sent again', async () => {
    await tools.runs('reset');
    await database.db.update(outbox).set({ state: 'in_flight', claims: 1, unfinished: 1, claimedUntil: new Date(0) });
    await tools.work();
    await tools.work();
    expect(tools.heard).toEqual([]);
    expect(await tools.rows()).toMatchObject([{ state: 'in_doubt' }]);
    expect(tools.notes(42)).toEqual(expect.arrayContaining([expect.stringContaining('NOT KNOWN')]));
  });

  test.each<[string, () => unknown]>([
    ['may not use it any more', () => (tools.standing.of = () => ({ kind: 'agent', agent: inTier3 }))],
    ['is suspended', () => (tools.standing.of = () => ({ kind: 'refused', reason: 'suspended' }))],
    ['may only read now', () => (tools.standing.of = () => ({ kind: 'agent', agent: light }))],
  ])('is not sent for an agent who %s when it is to be sent', async (_what, happens) => {
    await tools.runs('reset');
    happens();
    await tools.work();
    expect(tools.heard).toEqual([]);
    expect(await tools.rows()).toMatchObject([{ state: 'failed', failure: 'not_allowed', inputs: null }]);
  });

  test('is not sent once the customer is verified no more, or the ticket is of another one', async () => {
    await tools.sendsCode();
    await tools.work();
    await tools.says(tools.lastCode());
    tools.passes(3_599_000);
    await tools.runs('cancel', { account: 'A-1' });
    await tools.runs('reset');
    tools.passes(2_000);
    await tools.byHand(42, { requester_id: 901 });
    await tools.work();
    expect(tools.heard).toEqual([]);
    expect(await tools.rows()).toMatchObject([
      { toolId: 'cancel', state: 'failed' },
      { toolId: 'reset', state: 'failed', failure: 'outdated' },
    ]);
  });

  test('needs a customer who is still verified when it is sent', async () => {
    await tools.sendsCode();
    await tools.work();
    await tools.says(tools.lastCode());
    tools.passes(3_599_000);
    expect(await tools.runs('cancel', { account: 'A-1' })).toEqual({ kind: 'done' });
    tools.passes(2_000);
    await tools.work();
    expect(tools.heard).toEqual([]);
    expect(await tools.rows()).toMatchObject([{ state: 'failed', failure: 'not_allowed' }]);
  });

  test('waits while Zendesk does not say what the agent may do', async () => {
    await tools.runs('reset');
    tools.standing.of = () => ({ kind: 'unavailable' });
    await tools.work();
    expect([tools.heard, (await tools.rows())[0]?.state]).toEqual([[], 'asked']);
  });

  test('leaves nothing of the customer in its note when they are forgotten while it is under way', async () => {
    await tools.sendsCode();
    await tools.work();
    await tools.says(tools.lastCode());
    await tools.work();
    tools.office.reply = async () => {
      await database.db.transaction((tx) =>
        toolsErasing.onEraseTickets(tx, { ids: [42], now: tools.now(), gone: false }),
      );
      return { body: { ends: 'A secret day' } };
    };
    await tools.runs('cancel', { account: 'A-secret' });
    await tools.work();
    expect(await tools.rows()).toMatchObject([{ state: 'done', inputs: null }]);
    const written = JSON.stringify([await database.db.select().from(outbox), tools.notes(42)]);
    expect(written).toContain('Cancel account: done by Lena Fischer');
    expect(written).not.toContain('secret');
  });

  test('has a note that is cut where the answer is long, and one without the tool where the policy wants it', async () => {
    tools.office.reply = () => ({ body: { all: Array.from({ length: 20 }, (_, n) => `${n}${'x'.repeat(400)}`) } });
    // Each note is written before the next tool runs: notes that wait together are joined into one.
    for (const tool of ['export', 'quiet']) {
      await tools.runs(tool);
      await tools.work();
      await tools.work();
    }
    const [long = '', short = ''] = tools.notes(42).filter((note) => /^(?:Export|A tool)/.test(note));
    expect(long).toMatch(/^Export: done by Lena Fischer\n\nAll: 0x{400}, 1x/);
    expect(long).toMatch(/… \(the rest is in the other system\)$/);
    expect(long.length).toBeLessThan(2_100);
    expect(short).toBe('A tool: done by Lena Fischer');
  });

  test('is not sent when it had to wait for long', async () => {
    await tools.runs('reset');
    tools.passes(11 * 60_000);
    await tools.work();
    expect(tools.heard).toEqual([]);
    expect(await tools.rows()).toMatchObject([{ state: 'failed', failure: 'outdated' }]);
  });

  test('is told as done though its answer, or what the agent filled in, has signs that no database stores', async () => {
    await tools.sendsCode();
    await tools.work();
    await tools.says(tools.lastCode());
    await tools.work();
    tools.office.reply = () => ({ body: { ends: `\u0000${'x'.repeat(498)}\ud83d\ude00 and on` } });
    expect(await tools.runs('cancel', { account: 'A-1', why: 'half \ud83d' })).toEqual({ kind: 'done' });
    await tools.work();
    expect(await tools.rows()).toMatchObject([{ state: 'done' }]);
    await tools.work();
    expect(tools.notes(42).filter((note) => note.startsWith('Cancel account: done'))).toEqual([
      expect.stringMatching(/\n\nReason: half \ufffd\n\nEnds on: x{498}\ud83d\ude00…$/u),
    ]);
  });

  test('is refused without a verified customer, and after the verification has expired', async () => {
    const cancel = () => tools.runs('cancel', { account: 'A-1', why: 'moves {{away}}' });
    expect(await cancel()).toMatchObject({ ...refusal('needs_verification'), status: 409 });
    await tools.sendsCode();
    await tools.work();
    await tools.says(tools.lastCode());
    tools.passes(3_601_000);
    expect(await cancel()).toMatchObject(refusal('needs_verification'));
    await tools.sendsCode();
    await tools.work();
    await tools.says(tools.lastCode());
    // Otherwise its note and that of the run may be written as one.
    await tools.work();
    expect(await cancel()).toEqual({ kind: 'done' });
    tools.office.reply = () => ({ body: { ends: '2026-03-31' } });
    await tools.work();
    expect(tools.heard).toMatchObject([
      { url: '/accounts/A-1/cancel', body: { why: 'moves {{away}}', by: LENA.email } },
    ]);
    await tools.work();
    expect(tools.notes(42)).toContain(
      'Cancel account: done by Lena Fischer\n\nAccount: A-1\n\nReason: moves { {away}}\n\nEnds on: 2026-03-31',
    );
  });
});
