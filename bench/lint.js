// Measures how long `deskwright check` takes, and how much memory, for policies of many triggers.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { policyOf } from './lint/policy.js';
import { keep, sized, verdict } from './part.js';

const AIM = { seconds: 60, megabytes: 1_024 };
const SIZES = sized([1_000, 3_000, 9_000], [100]);
const WANTED = process.env['BENCH_SIZES']?.split(',').map(Number) ?? SIZES;

const folder = await mkdtemp(join(tmpdir(), 'deskwright-bench-'));
const figures = {};
console.log('deskwright check: proofs about all triggers of a policy');
for (const count of WANTED) {
  const path = join(folder, 'policy.yaml');
  for (const { name, text } of policyOf(count)) await writeFile(join(folder, name), text);
  const child = fork(fileURLToPath(new URL('lint/check.js', import.meta.url)), [path]);
  const [[measured]] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
  const { seconds, elapsed, megabytes, counts } = measured;
  const met = verdict(seconds <= AIM.seconds && megabytes <= AIM.megabytes);
  console.log(
    `  ${String(count).padStart(6)} triggers ${seconds.toFixed(1).padStart(6)} s of processor, ${elapsed.toFixed(1).padStart(6)} s, ${megabytes.toFixed(0).padStart(5)} MB   (aim ${AIM.seconds} s and ${AIM.megabytes} MB: ${met})`,
  );
  console.log(
    `         ${Object.entries(counts)
      .map(([code, n]) => `${n} ${code}`)
      .join(', ')}`,
  );
  figures[`seconds for ${count} triggers`] = seconds;
  figures[`megabytes for ${count} triggers`] = megabytes;
}
await rm(folder, { recursive: true });
keep({ figures });
