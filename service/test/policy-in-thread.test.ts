// Tests that the built service answers while it reads an edited policy. Needs the build: Node runs no TypeScript in a thread.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const BUILT = join(__dirname, '../dist/policy/policy-store.js');
const whereItIs = existsSync(BUILT) ? it : it.skip;

const HEAD = `version: 1
company: Testshop
time_zone: Europe/Berlin
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: refund, name: Refund, tier: t1 }]
default_category: refund
default_survey: none
`;
const trigger = (i: number) =>
  `  - { id: t${i}, title: T${i}, conditions: { any: [{ field: text, operator: includes_any, value: [word${i}] }] }, actions: { category: refund } }\n`;

/** The longest time without an answer, as a share of the time from an edit until it is in force. */
const SCRIPT = `
import { rename } from 'node:fs/promises';
const { createPolicyStore } = await import(process.argv[1]);
const [, , path, text] = process.argv;
const logger = { info() {}, warn() {}, error() {} };
const store = createPolicyStore({ path, logger, debounceMs: 10, pollMs: 50 });
await store.start();
const before = store.status().hash;
let longest = 0;
let last = performance.now();
const watching = setInterval(() => { longest = Math.max(longest, performance.now() - last); last = performance.now(); }, 5);
await rename(text, path);
const start = performance.now();
while (store.status().ok && store.status().hash === before) await new Promise((done) => setTimeout(done, 10));
const took = performance.now() - start;
clearInterval(watching);
await store.stop();
console.log(JSON.stringify({ share: longest / took, ok: store.status().ok }));
`;

whereItIs('answers most of the time while a policy of 3,000 triggers is read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deskwright-thread-'));
  try {
    const [path, edited] = [join(folder, 'policy.yaml'), join(folder, 'edited.yaml')];
    await writeFile(path, HEAD);
    await writeFile(edited, `${HEAD}triggers:\n${Array.from({ length: 3_000 }, (_, i) => trigger(i)).join('')}`);
    const args = ['--input-type=module', '-e', SCRIPT, pathToFileURL(BUILT).href, path, edited];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { share, ok } = JSON.parse(stdout) as { share: number; ok: boolean };

    expect(ok).toBe(true);
    // In place the reading is nearly all of the time.
    expect(share).toBeLessThan(0.5);
  } finally {
    await rm(folder, { recursive: true });
  }
});
