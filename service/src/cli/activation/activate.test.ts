import { policySchema } from '@deskwright/shared';
import { noRules } from '../../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { saveGroups } from '../../directory/directory.ts';
import { readActing, recordActivation } from '../../platform/outbox/activation.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../../surveys/testing/survey-fixtures.ts';
import { explainTicket } from '../explain-ticket.ts';
import { type ActivateOptions, runActivate, runPause } from './activate.ts';

const HOUR = 3_600_000;
const at = (hours: number) => new Date(MONDAY_NOON.getTime() + hours * HOUR);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  await recordActivation(database.db, { mode: 'observe', scope: 'all', who: 'test' });
});
afterAll(() => database.drop());

async function activate(part: Partial<ActivateOptions> = {}) {
  const printed: string[] = [];
  const asked: string[] = [];
  const code = await runActivate({
    db: database.db,
    policy: policySchema.parse(aPolicy()),
    newOnly: false,
    group: null,
    why: null,
    who: 'ops',
    dryRun: false,
    json: false,
    effects: [],
    now: () => MONDAY_NOON,
    ask: async (question) => asked.push(question) > 0,
    out: (text) => void printed.push(text),
    ...part,
  });
  return { code, printed: printed.join('\n'), asked };
}

async function pause(json = false): Promise<string> {
  const printed: string[] = [];
  await runPause({ db: database.db, who: 'ops', why: null, json, out: (text) => void printed.push(text) });
  return printed.join('\n');
}

/** Solved tickets with surveys: due four days ago, an hour ago, and tomorrow; one was cancelled. */
async function givenSurveys() {
  for (const [id, hours, state] of [
    [7, 24, 'scheduled'],
    [8, -1, 'scheduled'],
    [9, -96, 'scheduled'],
    [10, -1, 'cancelled'],
  ] as const) {
    await givenTicket(database.db, { id, requesterId: 500 + id });
    await givenInvitation(database.db, { ticketId: id, requesterId: 500 + id, dueAt: at(hours), state });
  }
}

test('lists the surveys that would be mailed and when, without names and words', async () => {
  await givenSurveys();
  const { printed } = await activate({ dryRun: true });
  expect(printed).toContain('mails    1, for surveys that are due');
  expect(printed).toContain('ticket 8, csat to user 508, at once');
  expect(printed).toContain(`ticket 7, csat to user 507, ${at(24).toISOString()}`);
  expect(printed).not.toMatch(/ticket (?:9|10),|tent/);

  const { changes } = JSON.parse((await activate({ dryRun: true, json: true })).printed);
  expect(changes).toMatchObject({ mails: 1, surveys: [{ ticketId: 8 }, { ticketId: 7 }] });
  const newOnly = await activate({ dryRun: true, json: true, newOnly: true });
  expect(JSON.parse(newOnly.printed).changes).toMatchObject({ mails: 0, surveys: [] });
});

test('of many surveys the first are listed and the rest counted', async () => {
  for (let id = 1; id <= 25; id += 1) {
    await givenTicket(database.db, { id });
    await givenInvitation(database.db, { ticketId: id, dueAt: at(-1) });
  }
  const { printed } = await activate({ dryRun: true });
  expect(printed).toContain('mails    25,');
  expect(printed.match(/ticket \d+, csat/g)).toHaveLength(20);
  expect(printed).toContain('and 5 more');
});

test('asks what it is about to do, and does nothing without a yes', async () => {
  const { code, printed, asked } = await activate({ ask: async () => false });
  expect({ code, asked }).toEqual({ code: 1, asked: [] });
  expect(printed).toContain('Nothing was activated.');
  expect((await readActing(database.db)).mode).toBe('observe');

  expect((await activate({ newOnly: true })).asked).toEqual(['Let Deskwright act on tickets opened from now on?']);
  expect(await readActing(database.db)).toMatchObject({ mode: 'act', scope: 'new_tickets' });
  expect((await activate()).asked).toEqual(['Let Deskwright act on the whole account?']);
  expect(await readActing(database.db)).toMatchObject({ mode: 'act', scope: 'all' });
});

test('with --json it says whether it was activated', async () => {
  const answer = async (part: Partial<ActivateOptions>) =>
    JSON.parse((await activate({ json: true, ...part })).printed);
  expect(await answer({ dryRun: true })).toMatchObject({ ok: true, activated: false, scope: { kind: 'all' } });
  expect(await answer({ ask: async () => false })).toMatchObject({ ok: false, activated: false });
  expect(await answer({})).toMatchObject({ ok: true, activated: true, changes: { tickets: 0, minutes: 0 } });
  const observing = policySchema.parse({ ...aPolicy(), mode: 'observe' });
  expect(await answer({ policy: observing })).toEqual({ ok: false, error: expect.stringContaining('mode: observe') });
});

test('a pause says how to go on as before, and that it was not needed', async () => {
  expect(await pause()).toBe('Deskwright only watches already.');
  expect(JSON.parse(await pause(true))).toEqual({ ok: true, paused: false });
  for (const [scope, goOn] of [
    [{ scope: 'all' }, '`deskwright activate`, which also writes'],
    [{ scope: 'new_tickets' }, '`deskwright activate --new-only`'],
    [{ scope: 'group', groupId: 5, groupName: 'Tier 1' }, '`deskwright activate --group "Tier 1"`'],
  ] as const) {
    await recordActivation(database.db, { mode: 'act', who: 'ops', ...scope });
    expect(await pause()).toContain(`Paused: Deskwright only watches from now on. To go on as before: ${goOn}`);
    expect((await readActing(database.db)).mode).toBe('observe');
  }
});

test('explain says what an observed change would have written, and why it was not', async () => {
  const { db } = database;
  await givenTicket(db, { id: 7 });
  await givenInvitation(db, { ticketId: 7 });
  await saveGroups(db, new Map([['Support Tier 1', 12]]));
  const change = { addTags: ['category__refunds', 'tier__t1'], groupId: 12, priority: 'high', note: 'The tent leaks' };
  const payload = { cause: 'decision', change };
  await db.insert(outbox).values({ kind: 'ticket_change', key: 'x', ticketId: 7, payload, state: 'observed' });
  const explain = async (json: boolean) => {
    const printed: string[] = [];
    await explainTicket({
      db,
      ticketId: 7,
      json,
      readRules: noRules,
      words: null,
      out: (line) => void printed.push(line),
    });
    return printed.join('\n');
  };

  expect(await explain(false)).toContain(
    'observed: would add the tags category__refunds, tier__t1; move it to "Support Tier 1"; set the priority high; add an internal note; not written, because Deskwright only watches',
  );
  expect(await explain(false)).toContain('it waits, because Deskwright only watches');
  expect(await explain(true)).not.toContain('leaks');
  await recordActivation(db, { mode: 'act', scope: 'group', groupId: 5, groupName: 'Tier 1', who: 'ops' });
  expect(await explain(false)).toContain('not written, because Deskwright acts on tickets of the group "Tier 1"');
});
