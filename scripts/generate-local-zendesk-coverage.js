// Generates the page that lists which of Zendesk's operations the local Zendesk has; with --check it only reports whether the page is current.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createRoutes } from '../local-zendesk/dist/http/all-routes.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const PAGE = at('../docs/reference/local-zendesk-coverage.md');

/** Parameters have different names there and here, so only their positions are compared. */
const keyOf = (method, path) => `${method.toUpperCase()} ${path.replace(/\{[^}]+\}|:\w+/g, '*')}`;

/** @returns {Promise<{ method: string, path: string, name: string }[]>} */
async function readOperations() {
  const lines = (await readFile(at('local-zendesk-coverage/operations.txt'), 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const [method, path, name] = line.split(' ');
    return { method, path, name };
  });
}

/** @returns {Promise<Map<string, string>>} what is missing from an implemented operation */
async function readPartly(operations) {
  const partly = JSON.parse(await readFile(at('local-zendesk-coverage/partly.json'), 'utf8'));
  const known = new Map(operations.map(({ method, path }) => [`${method} ${path}`, keyOf(method, path)]));
  return new Map(
    Object.entries(partly).map(([operation, missing]) => {
      const key = known.get(operation);
      if (key === undefined || !missing)
        throw new Error(`partly.json: "${operation}" is no operation or says nothing.`);
      return [key, missing];
    }),
  );
}

function stateOf(key, served, partly) {
  if (!served.has(key)) return 'not';
  const missing = partly.get(key);
  return missing === undefined ? 'done' : `partly: ${missing}`;
}

function pageOf(operations, served, partly) {
  const rows = operations.map((one) => ({ ...one, state: stateOf(keyOf(one.method, one.path), served, partly) }));
  const count = (word) => rows.filter(({ state }) => state.startsWith(word)).length;
  const sections = groupBySection(rows);
  const tables = [...sections].map(([section, ofSection]) => {
    const done = ofSection.filter(({ state }) => state !== 'not').length;
    const lines = ofSection.map(({ method, path, name, state }) => `| \`${method} ${path}\` | ${name} | ${state} |`);
    return `## ${section} (${done} of ${ofSection.length})\n\n| operation | name | local Zendesk |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  return `# What the local Zendesk answers

Every operation of Zendesk's Support API, and of its webhooks, schedules and side conversations: **done**, **partly** (with what is
missing) or **not**. Paths are below \`/api/v2\`. Written by \`npm run generate\` from the routes; do not edit.

| | operations |
| --- | --- |
| done | ${count('done')} |
| partly | ${count('partly')} |
| not | ${count('not')} |
| all | ${rows.length} |

What is not answered is refused as an unknown path: 404 \`InvalidEndpoint\`. How far the answers agree with recordings of real accounts
and with Zendesk's own description is checked by the tests in \`local-zendesk/test\`.

${tables.join('\n')}`;
}

const sectionOf = ({ path }) => path.split('/')[1].replace(/\.json$/, '');

function groupBySection(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(sectionOf(row), [...(groups.get(sectionOf(row)) ?? []), row]);
  return groups;
}

const operations = await readOperations();
const served = new Set(createRoutes().map(({ method, path }) => keyOf(method, path)));
const text = pageOf(operations, served, await readPartly(operations));
if ((await readFile(PAGE, 'utf8').catch(() => '')) !== text) {
  if (process.argv.includes('--check')) {
    console.error(`${PAGE} is not current. Run: npm run generate`);
    process.exitCode = 1;
  } else {
    await writeFile(PAGE, text);
    console.log(`${PAGE} written`);
  }
}
