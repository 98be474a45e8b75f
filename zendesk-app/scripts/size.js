// Measures how much an agent's browser loads, and fails above the limit: `node scripts/size.js`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes after gzip: the entry, what it imports, and the texts of one language. */
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
  for (const { file, bytes } of files) print(`${kilobytes(bytes).padStart(9)}  ${file}`);
  print(`${kilobytes(total).padStart(9)}  in all, gzip (limit ${kilobytes(LIMIT)})`);
  if (total > LIMIT) throw new Error(`The sidebar has ${kilobytes(total)} gzip; the limit is ${kilobytes(LIMIT)}.`);
}

/** Of the languages only the largest counts, because an agent loads one. */
function measure() {
  const manifest = JSON.parse(readFileSync(join(BUILD, '.vite', 'manifest.json'), 'utf8'));
  const sized = (chunk) =>
    [chunk.file, ...(chunk.css ?? [])].map((file) => ({
      file,
      bytes: gzipSync(readFileSync(join(BUILD, file)), { level: 9 }).length,
    }));
  const chunks = Object.values(manifest);
  const isTexts = ({ file }) => /\/texts-\w+-[^/]*\.js$/.test(file);
  const languages = unique(chunks.filter(isTexts).flatMap(sized));
  if (languages.length === 0) throw new Error('The build has no file with texts.');
  const largest = languages.toSorted((a, b) => b.bytes - a.bytes).slice(0, 1);
  const files = [...unique(chunks.filter((chunk) => !isTexts(chunk)).flatMap(sized)), ...largest];
  return { files, total: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The manifest lists a chunk once for each module that is imported dynamically. */
function unique(files) {
  return [...new Map(files.map((one) => [one.file, one])).values()];
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

if (process.argv[1] === import.meta.filename) report();
