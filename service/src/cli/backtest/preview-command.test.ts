// Tests that `preview --from history` shows what a draft would do to the tickets in the service's database.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { aTicketRow } from '../../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { until } from '../../platform/testing/until.ts';
import { tickets } from '../../tickets/index.ts';
import { addPreview } from './preview-command.ts';

const POLICY = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: refund, name: Refund, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
`;

let database: TestDatabase;
let folder: string;
const stopping = new AbortController();
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'deskwright-preview-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

test('its tickets are those in the database of the service', async () => {
  const policy = join(folder, 'policy.yaml');
  await writeFile(policy, POLICY);
  await database.db.insert(tickets).values(aTicketRow({ id: 35, subject: 'The zip of my tent broke' }));
  process.env['DATABASE_URL'] = database.url;
  const said: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  const program = new Command();
  addPreview(program, {
    policyOption: () => new Option('--policy <file>').default(policy),
    exitsWith:
      (run) =>
      async (...args) =>
        void (await run(...args)),
    interruption: () => stopping.signal,
  } as Parameters<typeof addPreview>[1]);

  const running = program.parseAsync(['preview', '--from', 'history'], { from: 'user' });
  await until(async () => said.length > 0);
  const address = /Open (\S+)/.exec(said[0] ?? '')?.[1] ?? '';
  const ticket = await fetch(`${address}ticket/1`);

  expect(await ticket.text()).toContain('The zip of my tent broke');
  stopping.abort();
  await running;
  log.mockRestore();
});
