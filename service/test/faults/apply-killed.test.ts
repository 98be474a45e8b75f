import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { recordService } from '../../src/app/service-record.ts';
import { until } from '../../src/platform/testing/until.ts';
import { listApplies } from '../../src/provision/records.ts';
import { type ProvisionFixture, startProvisionFixture } from '../../src/provision/testing/provision-fixture.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/deskwright.js', import.meta.url));
const POLICY = `
version: 1
company: Northwind
time_zone: Europe/Berlin
tiers: [{ id: t1, name: Tier 1, group: First line }]
categories: [{ id: bug, name: Bug, tier: t1 }]
default_category: bug
views: [{ title: All open }]
`;

let fixture: ProvisionFixture;
let policyPath: string;
beforeAll(async () => {
  fixture = await startProvisionFixture();
  await recordService(fixture.database.db, { zendesk: fixture.zendesk.url });
  policyPath = join(mkdtempSync(join(tmpdir(), 'deskwright-apply-')), 'deskwright.yaml');
  writeFileSync(policyPath, POLICY);
});
afterAll(() => fixture.stop());

function deskwright(...args: string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args, '--policy', policyPath], {
    cwd: tmpdir(),
    env: {
      ...process.env,
      DATABASE_URL: fixture.database.url,
      ZENDESK_BASE_URL: fixture.zendesk.url,
      ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
      ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
      PUBLIC_URL: 'https://desk.example.com',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(...args: string[]) {
  const child = deskwright(...args);
  const [out, err] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')]);
  return { code: child.exitCode, out, err };
}

const named = (name: string) => fixture.zendesk.account.groups.list().filter((group) => group.name === name);
const titled = (title: string) => fixture.zendesk.account.ticketFields.list().filter((field) => field.title === title);

test('an apply that was killed in the middle is continued by the next one, and nothing is made twice', async () => {
  // Without a terminal it does not hang.
  expect(await run('apply', '--reason', 'r')).toMatchObject({ code: 2, err: expect.stringContaining('add --yes') });

  // The call that makes the webhook is never answered: there the process is killed.
  const fault = fixture.zendesk.faults.rest.add({ answer: 'timeout', method: 'POST', path: '/api/v2/webhooks' });
  const killed = deskwright('apply', '--yes', '--reason', 'killed');
  await until(() => fixture.zendesk.faults.rest.state().some(({ struck }) => struck > 0));
  killed.kill('SIGKILL');
  await once(killed, 'close');
  fixture.zendesk.faults.rest.remove(fault.id);

  const again = await run('apply', '--yes', '--reason', 'again');

  expect(again).toMatchObject({ code: 0 });
  expect(again.out).toContain('Apply 1 did not end');
  expect([named('First line').length, titled('Category').length, titled('Tier').length]).toEqual([1, 1, 1]);
  expect(fixture.zendesk.account.webhooks.list()).toHaveLength(1);
  expect((await run('plan')).out).toContain('Nothing to do');
  const applies = await listApplies(fixture.database.db);
  expect(applies.map(({ id, state }) => [id, state])).toEqual([
    [2, 'done'],
    [1, 'stopped'],
  ]);
});
