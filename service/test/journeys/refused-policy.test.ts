import { readFileSync, writeFileSync } from 'node:fs';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

interface Ready {
  checks: Record<string, { ok: boolean; warning?: string }>;
}
const ready = async () => (await (await fetch(`${harness.serviceUrl}/readyz`)).json()) as Ready;
const metric = async (name: string) =>
  (await (await fetch(`${harness.serviceUrl}/metrics`)).text()).match(new RegExp(`^${name} (.*)$`, 'm'))?.[1];

test('a service restarted with a refused policy runs with the last valid one, and names the mistake until it is corrected', async () => {
  const valid = readFileSync(harness.policyPath, 'utf8');
  await harness.stopService();
  writeFileSync(harness.policyPath, valid.replace('order: oldest_first', 'order: oldest_frist'));
  await harness.startService();

  const { policy } = (await ready()).checks;
  expect(policy?.warning).toMatch(
    /the last valid one remains in force: line \d+, column \d+: order cannot be "oldest_frist"/,
  );
  expect(await metric('deskwright_policy_valid')).toBe('0');
  await until('work is done by the last valid policy', async () => (await ready()).checks['work']?.ok);

  writeFileSync(harness.policyPath, valid);
  await until('the corrected file is in force', async () => (await ready()).checks['policy']?.warning === undefined);
  expect(await metric('deskwright_policy_valid')).toBe('1');
});
