// A journey of a burst whose webhooks Zendesk throttles: it reaches the service by the export alone.

import { inArray } from 'drizzle-orm';
import { decisions } from '../../src/tickets/tables.ts';
import { readExportJob } from '../../testing/all-jobs.ts';
import { customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

/** What the export brings sooner may have happened while the service was down. */
const CATCHING_UP_MS = 125_000;

let harness: Harness;
/** How far the service's clock is behind the system's. */
let behindMs = CATCHING_UP_MS;
beforeAll(async () => {
  harness = await startHarness({ clock: () => Date.now() - behindMs });
});
afterAll(() => harness.stop());

const BURST = 15;

const warning = async (): Promise<string> => {
  const { checks } = (await (await fetch(`${harness.serviceUrl}/readyz`)).json()) as {
    checks: { webhooks: { warning?: string } };
  };
  return checks.webhooks.warning ?? '';
};
const metric = async (name: string): Promise<number> => {
  const metrics = await (await fetch(`${harness.serviceUrl}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
};
const decided = async (ids: number[]) =>
  harness.database.db.select().from(decisions).where(inArray(decisions.ticketId, ids));
async function open(count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let n = 0; n < count; n++) ids.push(await customer(harness).opens(`Refund ${n}`, 'I want my money back'));
  return ids;
}

test('changes of throttled webhooks are decided from the export, and reported with their delay, not as silence', async () => {
  behindMs = 0; // Now the service could have heard of what comes.
  harness.zendesk.faults.webhooks.set({ throttle: { rate: 1 } });
  const missed = await open(BURST);
  harness.zendesk.clock.advance(30_000);
  harness.zendesk.faults.webhooks.set({ throttle: { rate: 0 } });
  const heard = await open(3);
  await until('those after it are decided', async () => (await decided(heard)).length >= 3);
  expect(await decided(missed)).toEqual([]);
  expect(await warning()).toBe('');

  harness.zendesk.clock.advance(61_000);
  await harness.queue.enqueue(readExportJob, {});
  await until('the burst is decided', async () => (await decided(missed)).length >= BURST);

  expect(new Set((await decided(missed)).map(({ trigger }) => trigger))).toEqual(new Set(['repair']));
  await until('/readyz tells the two apart', async () =>
    /only some of its webhooks: .* reported \d+ changes, and another 15/.test(await warning()),
  );
  expect(await warning()).not.toMatch(/does not reach/);
  expect(await metric('deskwright_newest_event_age_seconds')).toBeGreaterThanOrEqual(0);
  expect(await metric('deskwright_export_age_seconds')).toBeLessThan(120);
}, 600_000);
