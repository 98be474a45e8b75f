// Checks one policy as `deskwright check` does, and prints the time and memory it took: a process of its own, so that its memory is its own.
import { readFindings } from '../../service/dist/lint/index.js';

const start = process.cpuUsage();
const startedAt = performance.now();
const found = await readFindings(process.argv[2] ?? '');
if ('reason' in found) throw new Error(found.reason);
const { user, system } = process.cpuUsage(start);
const counts = {};
for (const { code } of found.findings) counts[code] = (counts[code] ?? 0) + 1;
process.send?.({
  seconds: (user + system) / 1e6,
  elapsed: (performance.now() - startedAt) / 1e3,
  megabytes: process.resourceUsage().maxRSS / 1024,
  counts,
});
