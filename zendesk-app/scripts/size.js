// Measures how much an agent's browser loads for each page, and fails above the limit: `node scripts/size.js`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes after gzip: the entry, what it imports, and the texts of one language. */
const LIMITS = { sidebar: 150_000, dashboard: 170_000 };
const BUILD = join(import.meta.dirname, '..', 'build');

/** Measures after a build, and fails it above the limit. @param {keyof LIMITS} page @returns {import('vite').Plugin} */
export function failWhenTooBig(page) {
  return {
    name: 'deskwright-size',
    apply: 'build',
    closeBundle: { order: 'post', sequential: true, handler: () => report(page) },
  };
}

/** @param {string} page */
function report(page) {
  const { files, total } = measure(page);
  const limit = LIMITS[page];
  for (const { file, bytes } of files) print(`${kilobytes(bytes).padStart(9)}  ${file}`);
  print(`${kilobytes(total).padStart(9)}  ${page} in all, gzip (limit ${kilobytes(limit)})`);
  if (total > limit) throw new Error(`The ${page} has ${kilobytes(total)} gzip; the limit is ${kilobytes(limit)}.`);
}

/** Of the languages only the largest counts, because an agent loads one. */
function measure(page) {
  const manifest = JSON.parse(readFileSync(join(BUILD, '.vite', 'manifest.json'), 'utf8'));
  const sized = (chunk) =>
    [chunk.file, ...(chunk.css ?? [])].map((file) => ({
      file,
      bytes: gzipSync(readFileSync(join(BUILD, file)), { level: 9 }).length,
    }));
  const chunks = Object.entries(manifest)
    .filter(([key]) => key.startsWith('dashboard:') === (page === 'dashboard'))
    .map(([, chunk]) => chunk);
  const isTexts = ({ file }) => /\/texts-\w+-[^/]*\.js$/.test(file);
  const languages = unique(chunks.filter(isTexts).flatMap(sized));
  if (languages.length === 0) throw new Error(`The build of the ${page} has no file with texts.`);
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

if (process.argv[1] === import.meta.filename) for (const page of Object.keys(LIMITS)) report(page);
