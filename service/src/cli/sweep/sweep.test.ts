// Checks what `deskwright sweep` prints, asks and answers, with a service that does the work at once.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { recordActivation } from '../../platform/outbox/activation.ts';
import { createSweepRunner } from '../../tickets/redecide/run-sweeps.ts';
import { sweeps } from '../../tickets/redecide/tables.ts';
import { createOutboxFixture, type OutboxFixture, performEffects } from '../../tickets/write/testing/outbox-fixture.ts';
import { describeMove } from './describe-sweep.ts';
import { followSweep } from './follow-sweep.ts';
import {
  runCancel,
  runList,
  runPause,
  runStatus,
  runSweep,
  runUndo,
  type SweepDeps,
  type SweepOptions,
} from './sweep.ts';

let database: TestDatabase;
let fixture: OutboxFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createOutboxFixture(database.db);
  for (const id of [1, 2, 3])
    await fixture.aTicket(id, { subject: id === 3 ? 'Hello' : 'A refund, please', status: 'open', tags: [] });
});
afterAll(() => database.drop());

const printed: string[] = [];
const asked: string[] = [];
const said: string[] = [];
beforeEach(() => {
  printed.splice(0);
  asked.splice(0);
  said.splice(0);
});
const { signal } = new AbortController();
const deps = (json = false): SweepDeps => ({
  db: database.db,
  json,
  out: (text) => void printed.push(text),
  err: (text) => void said.push(text),
  who: 'ana@support',
  follow: async (id, until) => {
    await createSweepRunner({ ...pipelineDeps(database.db), signal, onEffect: () => performEffects(fixture.deps) })();
    return followSweep(database.db, id, { until, stream: process.stderr, signal });
  },
});
const options = (part: Partial<SweepOptions> = {}): SweepOptions => ({
  ticketIds: null,
  category: null,
  tier: null,
  group: null,
  why: null,
  dryRun: false,
  wait: true,
  policyPath: 'none.yaml',
  ask: async (question) => {
    asked.push(question);
    return true;
  },
  ...part,
});

test('it says when it does not go by the edited file, because that is refused or is another', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deskwright-sweep-'));
  const policyPath = join(folder, 'policy.yaml');
  await writeFile(policyPath, 'version: 1\n');
  expect(await runSweep(deps(), options({ policyPath, dryRun: true }))).toBe(0);
  expect(printed[0]).toMatch(/policy\.yaml is invalid \(deskwright check\), so this uses the last valid policy\./);
  printed.splice(0);
  await writeFile(
    policyPath,
    `version: 1
company: Another
time_zone: Europe/Berlin
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
`,
  );
  expect(await runSweep(deps(), options({ policyPath, dryRun: true }))).toBe(0);
  expect(printed[0]).toMatch(/policy\.yaml differs from the policy in force/);
  await rm(folder, { recursive: true });
});

test('it shows what would change, asks, changes it, and takes it back', async () => {
  expect(await runSweep(deps(), options({ why: 'new triggers' }))).toBe(0);
  expect(printed[0]).toMatch(/^3 tickets are open\. 3 would change, 0 would not change, 0 were set by people/);
  expect(printed[0]).toMatch(
    /2 {2}category none -> refunds, tier none -> t1, priority none -> high, no group -> .+ \(by money-back\), such as 1, 2/,
  );
  expect(asked).toEqual(['Change 3 tickets?']);
  expect(printed.at(-1)).toMatch(/Sweep (\d+) is done: 3 changed\.\nTo undo it: deskwright sweep undo \1/);
  const id = Number(/Sweep (\d+)/.exec(printed.at(-1) ?? '')?.[1]);
  expect(await runList(deps())).toBe(0);
  expect(printed.at(-1)).toMatch(/done {2}ana@support: new triggers$/);
  expect(await runPause(deps(), id, true)).toBe(1);
  expect(await runCancel(deps(), id)).toBe(1);
  expect(await runUndo(deps(), id, options())).toBe(0);
  expect(printed.at(-1)).toMatch(/was undone: 3 restored\./);
  expect(fixture.zendesk.account.tickets.get(1)).toMatchObject({ group_id: null, priority: null, tags: [] });
  expect(await runUndo(deps(), id, options())).toBe(1);
  expect(await runStatus(deps(), id)).toBe(0);
});

test('a dry run, a no, and nothing to change leave everything as it is', async () => {
  expect(await runSweep(deps(), options({ dryRun: true }))).toBe(0);
  expect(asked).toEqual([]);
  expect(printed.at(-1)).toBe('Nothing was changed (--dry-run).');
  expect(await runSweep(deps(), options({ ask: async () => false }))).toBe(1);
  expect(await runSweep(deps(), options({ ticketIds: [99] }))).toBe(0);
  expect(fixture.zendesk.writes).toEqual([]);
  expect(await runSweep(deps(true), options({ dryRun: true }))).toBe(0);
  expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject({
    sweep: { state: 'cancelled', open: 3 },
    moves: [{ n: 2 }, { n: 1 }],
  });
});

test('a sweep whose command was killed before its answer says that it changed nothing and how to be rid of it', async () => {
  await expect(
    runSweep(deps(), options({ ask: () => Promise.reject(new Error('the terminal is gone')) })),
  ).rejects.toThrow('the terminal is gone');
  const [{ id } = { id: 0 }] = await database.db.select().from(sweeps);

  for (const look of [runList, (given: SweepDeps) => runStatus(given, id)]) {
    expect(await look(deps())).toBe(0);
    expect(printed.at(-1)).toMatch(new RegExp(`Sweep ${id} has changed nothing\\..+deskwright sweep cancel ${id}`));
  }
  expect(await runCancel(deps(), id)).toBe(0);
  expect(await runList(deps())).toBe(0);
  expect(printed.at(-1)).toMatch(/ {2}cancelled {2}ana@support$/);
});

test('a sweep that the changed policy paused says what is done and the ways on; resuming pauses it again, and undo works', async () => {
  expect(await runSweep(deps(), options({ wait: false }))).toBe(0);
  const id = Number(/Sweep (\d+)/.exec(printed.at(-1) ?? '')?.[1]);
  await database.db.update(sweeps).set({ policyHash: 'another' }).where(eq(sweeps.id, id));
  await deps().follow(id, ['done']);

  expect(await runStatus(deps(), id)).toBe(0);
  expect(printed.at(-1)).toContain(
    `Sweep ${id} is paused: the policy has changed since it was planned: 3 to be changed.`,
  );
  expect(printed.at(-1)).toContain('What it changed (0 tickets) is kept; 3 tickets are not changed.');
  for (const way of [
    'deskwright sweep   (',
    `deskwright sweep undo ${id}`,
    `deskwright publish), then deskwright sweep resume ${id}`,
  ])
    expect(printed.at(-1)).toContain(way);

  expect(await runPause(deps(), id, false)).toBe(0);
  expect(printed.at(-1)).toContain('unless the former one is back, it pauses again');
  expect(await deps().follow(id, ['done'])).toMatchObject({ state: 'running', paused: true });
  expect(await runUndo(deps(), id, options())).toBe(0);
  expect(fixture.zendesk.writes).toEqual([]);
});

test('a row says what changes though category, tier, group and priority stay', () => {
  const place = { category: 'bug', tier: 't2', priority: null, groupId: null };
  const move = { before: place, after: place, trigger: 'bug', n: 1, examples: [289] };
  const said = (added: string[], removed: string[]) =>
    describeMove({ ...move, tags: { added, removed } }, String).replace(/^ +1 +/, '');

  expect(said(['loud'], ['vip'])).toBe('category bug stays, tags +loud -vip (by bug), such as 289');
  expect(said([], [])).toBe('category bug stays, its tags of category and tier are set again (by bug), such as 289');
});

test('while one sweep is at work another waits and is told, and without waiting is refused, as its undo and its going on are', async () => {
  expect(await runSweep(deps(), options({ wait: false, ticketIds: [1, 2] }))).toBe(0);
  const first = Number(/Sweep (\d+)/.exec(printed.at(-1) ?? '')?.[1]);

  expect(await runSweep(deps(), options({ wait: false }))).toBe(1);
  expect(printed.at(-1)).toMatch(
    new RegExp(
      `one sweep works at a time: sweep ${first} of ana@support, begun at .+, runs\\. .+ sweep pause ${first}$`,
    ),
  );
  expect(await runSweep(deps(), options())).toBe(0);

  expect(said).toEqual([expect.stringMatching(new RegExp(`^Waiting for sweep ${first} of ana@support`))]);
  expect(printed.at(-1)).toMatch(/is done: 1 changed\./);
  const second = first + 1;
  expect(await runUndo(deps(), first, { ...options(), wait: false })).toBe(0);
  expect(await runUndo(deps(), second, { ...options(), wait: false })).toBe(1);
  await runPause(deps(), first, true);
  expect(await runUndo(deps(), second, { ...options(), wait: false })).toBe(0);
  expect(await runPause(deps(), first, false)).toBe(1);
  expect(printed.at(-1)).toMatch(new RegExp(`sweep ${second} of .+ is being undone\\.`));
  expect(await runUndo(deps(), second, options())).toBe(0);
  expect(await runPause(deps(), first, false)).toBe(0);
  expect(await deps().follow(first, ['undone'])).toMatchObject({ state: 'undone', tickets: { restored: 2 } });
});

test('of two that were planned together, the second to be agreed to is refused', async () => {
  const late = options({
    ask: async () => {
      await runSweep(deps(), options({ wait: false }));
      return true;
    },
  });
  expect(await runSweep(deps(), late)).toBe(1);
  expect(printed.at(-1)).toMatch(/^Nothing was changed, because one sweep works at a time/);
});

test('it refuses while Deskwright only watches, and an unknown group', async () => {
  await expect(runSweep(deps(), options({ group: 'Suport' }))).rejects.toThrow('Zendesk has no group "Suport".');
  await recordActivation(database.db, { mode: 'observe', scope: 'all', who: 'ana', why: null });
  await expect(runSweep(deps(), options())).rejects.toThrow(/only watches.*would change nothing/);
  expect(await runStatus(deps(), 99)).toBe(1);
});
