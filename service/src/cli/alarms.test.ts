import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { settleAlarms } from '../alerts/alarms/active-alarms.ts';
import { alarms } from '../alerts/tables.ts';
import { runAcknowledgeAlarm, runListAlarms } from './alarms.ts';
import { clockOf } from './clock.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOW = new Date('2026-11-23T15:00:00.000Z');

test('an acknowledged alarm is listed no longer, is told no second time, and keeps who looked into it', async () => {
  const { db } = database;
  const finding = { kind: 'agent_refunds', about: '2', n: 14, usual: 3, since: null, ticketId: 77 } as const;
  await settleAlarms(db, { open: [], found: [finding], now: NOW, notifiesSlack: true });
  const lines: string[] = [];
  const deps = { db, json: false, out: (line: string) => void lines.push(line) };
  expect(await runListAlarms(deps)).toBe(0);
  const since = clockOf(null).printWithZone(NOW);
  expect(lines).toEqual([`  1  unusual refunds by agent 2: 14 today, since ${since}, ticket 77`]);
  const acknowledged = { id: 1, who: 'ana@support', at: NOW };
  expect(await runAcknowledgeAlarm(deps, acknowledged)).toBe(0);
  expect(await runAcknowledgeAlarm(deps, acknowledged)).toBe(1);
  expect(await runListAlarms(deps)).toBe(0);
  expect(lines.at(-1)).toBe('No alarm is on that nobody has acknowledged.');
  const open = await db.select().from(alarms);
  expect(open).toMatchObject([{ until: null, acknowledgedBy: 'ana@support' }]);
  const again = await settleAlarms(db, { open, found: [{ ...finding, n: 20 }], now: NOW, notifiesSlack: true });
  expect(again).toMatchObject({ begun: [], notified: [], ended: [] });
});
