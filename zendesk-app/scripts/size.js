// How much does an agent's browser load? Prints it, and fails above the limit: `node scripts/size.js`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes after gzip, of the sidebar's own files together: the entry, what it imports, and one locale's words. */
const LIMIT = 150_000;
const BUILD = join(import.meta.dirname, '..', 'build');

/** Measures after a build, and fails it above the limit. @returns {import('vite').Plugin} */
export function failWhenTooBig() {
  return {
    name: 'deskwright-size',
    apply: 'build',
    closeBundle: { order: 'post', sequential: true, handler: report },
  };
}

function report() {
  const { files, total } = measure();
  for (const { file, bytes } of files) tell(`${kilobytes(bytes).padStart(9)}  ${file}`);
  tell(`${kilobytes(total).padStart(9)}  in all, gzip (limit ${kilobytes(LIMIT)})`);
  if (total > LIMIT) throw new Error(`The sidebar weighs ${kilobytes(total)} gzip; the limit is ${kilobytes(LIMIT)}.`);
}

/** Everything but the locales that an agent does not use: of those, only the heaviest counts. */
function measure() {
  const manifest = JSON.parse(readFileSync(join(BUILD, '.vite', 'manifest.json'), 'utf8'));
  const sized = (chunk) =>
    [chunk.file, ...(chunk.css ?? [])].map((file) => ({
      file,
      bytes: gzipSync(readFileSync(join(BUILD, file)), { level: 9 }).length,
    }));
  const chunks = Object.values(manifest);
  const isLocale = (chunk) => /translations\//.test(chunk.src ?? '');
  const own = chunks.filter((chunk) => !isLocale(chunk)).flatMap(sized);
  const locales = chunks.filter(isLocale).flatMap(sized);
  const heaviest = locales.toSorted((a, b) => b.bytes - a.bytes).slice(0, 1);
  const files = [...own, ...heaviest];
  return { files, total: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function tell(line) {
  process.stdout.write(`${line}\n`);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

if (process.argv[1] === import.meta.filename) report();
