// Tries reading an account while Zendesk fails in the middle: it says where it stopped, writes nothing, and works when run again.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInitFromAccount } from './init.ts';
import { zendeskFrom } from './open-account.ts';
import { type Fault, type FaultyZendesk, startFaultyZendesk } from './testing/faulty-zendesk.ts';

let faulty: FaultyZendesk;
beforeAll(async () => {
  faulty = await startFaultyZendesk();
});
afterAll(() => faulty.stop());

async function run(folder: string): Promise<number | string> {
  const read = () => zendeskFrom(faulty.env, faulty.limits()).readSetup();
  try {
    return await runInitFromAccount({ folder, dryRun: false, read, out: () => undefined });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test.each<[Fault, RegExp]>([
  [429, /^Stopped while reading the views: .*429.* Nothing was written\. Run the command again\.$/],
  [500, /^Stopped while reading the views: .*500.*Run the command again\.$/],
  [401, /^Stopped while reading the views: .*401.*Check the login: .*, then run the command again\.$/],
  ['cut', /^Stopped while reading the views: .*Run the command again\.$/],
  ['time-out', /^Stopped while reading the views: .*Run the command again\.$/],
])('%s in the middle', async (what, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'deskwright-init-'));
  try {
    faulty.breakAt(what, '/api/v2/views');
    expect(await run(folder)).toMatch(message);
    expect(existsSync(join(folder, 'config'))).toBe(false);

    faulty.heal();
    expect(await run(folder)).toBe(0);
  } finally {
    faulty.heal();
    rmSync(folder, { recursive: true });
  }
});
