// Measures how long the service answers no requests while it reads an edited policy of the largest size, or a hostile one.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '../service/dist/platform/logging/logger.js';
import { createPolicyStore } from '../service/dist/policy/policy-store.js';
import { keep, sized, verdict } from './part.js';

const AIM_MS = 1_000;
/** A smoke run uses policies smaller by this factor than their names say. */
const LESS = sized(1, 100);
const HEAD = `version: 1
company: Testshop
time_zone: Europe/Berlin
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories: [{ id: refund, name: Refund, tier: t1, guidance: refund.md }, { id: other, name: Other, tier: t1 }]
default_category: other
default_survey: none
`;
const trigger = (i) => `  - id: t${i}
    title: Trigger ${i}
    conditions:
      all: [{ field: text, operator: includes_any, value: [refund${i}, "money back", word${i}] }]
      any: [{ field: subject, operator: matches, value: '\\breturn(ed|ing)? ${i}\\b' }]
    actions: { category: refund }
`;
const policyOf = (count) => `${HEAD}triggers:\n${Array.from({ length: count }, (_, i) => trigger(i)).join('')}`;
const steps = '- [ ] Ask for the **order number**, and see [the rules](https://shop.test/rules)\n'.repeat(100);

const CASES = [
  ['4,000 triggers (1 MB)', 'policy.yaml', policyOf(4_000 / LESS)],
  ['2 MB of {', 'policy.yaml', `${HEAD}triggers: ${'{'.repeat(1_990_000 / LESS)}`],
  ['400 kB of aliases', 'policy.yaml', `${HEAD}triggers: [&a 1, ${'*a, '.repeat(100_000 / LESS)}]`],
  ['guidance of 1,000 steps (80 kB)', 'refund.md', `# Refunds\n\n${`${steps}\n`.repeat(10)}`],
  ['190 kB of _a as guidance', 'refund.md', '_a'.repeat(95_000 / LESS)],
];

const folder = await mkdtemp(join(tmpdir(), 'deskwright-bench-'));
const path = join(folder, 'policy.yaml');
let worst = 0;
console.log('Reading an edited policy while the service runs: the longest time in which nobody is answered');
for (const [name, file, text] of CASES) {
  await writeFile(path, HEAD);
  await writeFile(join(folder, 'refund.md'), '# Refunds\n\n- [ ] Ask\n');
  const store = createPolicyStore({ path, logger: createLogger('silent'), debounceMs: 10, pollMs: 100 });
  await store.start();
  const hash = store.status().hash;
  const loadedAt = store.status().loadedAt;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  await writeFile(join(folder, file), text);
  while (store.status().ok && store.status().hash === hash && store.status().loadedAt === loadedAt) await sleep(20);
  const [took, longest] = [performance.now() - start, delay.max / 1e6];
  const result = store.status().ok ? 'in force' : 'refused';
  await store.stop();
  worst = Math.max(worst, longest);
  console.log(
    `  ${name.padEnd(34)} ${longest.toFixed(0).padStart(6)} ms  of ${took.toFixed(0).padStart(6)} ms, ${result}   (aim under ${AIM_MS} ms: ${verdict(longest <= AIM_MS)})`,
  );
}
await rm(folder, { recursive: true });
keep({ figures: { 'longest pause in ms': worst } });
