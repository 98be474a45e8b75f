// Runs all benchmarks one after another; each prints its figures beside a rival measured in the same run.
import { spawnSync } from 'node:child_process';

const BENCHES = ['decide', 'categorise', 'receive', 'ticket', 'card', 'sidebar', 'texts', 'policy'];
const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!BENCHES.includes(name)) {
    console.error(`No benchmark "${name}". There are: ${BENCHES.join(', ')}`);
    process.exit(2);
  }
}

let failed = false;
for (const name of wanted.length > 0 ? wanted : BENCHES) {
  console.log(`\n=== ${name}\n`);
  const { status } = spawnSync(process.execPath, [new URL(`${name}.js`, import.meta.url).pathname], {
    stdio: 'inherit',
  });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
