// Checks what operators read of the figures, and that a rebuild they ask for is done.
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { aPolicy, groupIdOf } from '../figures/testing/builders.ts';
import { createMeasurer } from '../history/measures/measure-due-tickets.ts';
import { unmeasuredTickets } from '../history/tables.ts';
import { anAnsweredTicket, record } from '../history/testing/history-fixture.ts';
import { runFiguresRebuild, runFiguresStatus } from './figures.ts';

let database: TestDatabase;
let printed: string[];
beforeEach(async () => {
  database = await createTestDatabase();
  printed = [];
});
afterEach(() => database.drop());

const NOW = new Date('2026-11-20T12:00:00Z');
const deps = (json = false) => ({ db: database.db, json, out: (line: string) => printed.push(line) });
const measure = () =>
  createMeasurer({
    db: database.db,
    policy: { current: () => ({ policy: aPolicy(), guidance: new Map() }) },
    groupIdOf: () => groupIdOf,
    clock: () => NOW.getTime(),
    logger: { info: () => undefined, error: () => undefined },
  })();
const rebuild = (wait: boolean) => runFiguresRebuild(deps(), { wait, now: NOW, signal: new AbortController().signal });

test('says that nothing was computed yet', async () => {
  expect(await runFiguresStatus(deps())).toBe(0);
  expect(printed).toEqual(['No figures were computed yet. The service computes them when tickets change.']);
  expect(await rebuild(true)).toBe(1);
});

test('says what is due, and which tickets cannot be measured', async () => {
  await measure();
  await record(database.db, anAnsweredTicket(1, '2026-11-18'));
  await database.db
    .insert(unmeasuredTickets)
    .values({ ticketId: 42, error: 'Error: It makes no sense.', failedAt: NOW });
  expect(await runFiguresStatus(deps())).toBe(1);
  expect(printed).toEqual([
    'Figures are kept in days of America/New_York, since 2026-11-20.',
    '1 tickets are to be measured: they have changed.',
    '1 tickets cannot be measured, and keep the figures they had:',
    '  42  2026-11-20T12:00:00.000Z  Error: It makes no sense.',
  ]);
});

test('asks for a rebuild, and follows it to its end', async () => {
  await record(database.db, anAnsweredTicket(1, '2026-11-18'));
  await measure();
  expect(await rebuild(false)).toBe(0);
  await runFiguresStatus(deps());
  expect(printed.at(-1)).toBe('A rebuild runs: 0 tickets measured, up to ticket 0 of 1.');
  await measure();
  expect(await rebuild(false)).toBe(0);
  const following = rebuild(true);
  await measure();
  expect(await following).toBe(0);
  expect(printed.at(-1)).toBe('Done.');
});
