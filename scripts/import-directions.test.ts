import { join } from 'node:path';
import plugin from './import-directions.js';

const SOURCE = join(__dirname, '../service/src');

/** What the lint rule reports of one import. */
function reportsOf(from: string, imported: string, node = 'ImportDeclaration'): string[] {
  const reports: string[] = [];
  const rule = plugin.rules['import-directions'].create({
    filename: join(SOURCE, from),
    report: ({ message }: { message: string }) => reports.push(message),
  }) as Record<string, (node: { source: { value: string } }) => void>;
  rule[node]?.({ source: { value: imported } });
  return reports;
}

test.each([
  ['a folder above', 'tickets/receive/x.ts', '../../decide/steps.ts'],
  ['its own folder', 'tickets/receive/x.ts', '../process/turns.ts'],
  ['the index of a feature', 'alerts/x.ts', '../surveys/index.ts'],
  ['a package without an owner', 'tickets/x.ts', 'yaml'],
  ['a package from its owner', 'platform/storage/x.ts', 'pg/lib/client.js'],
  ['any folder, from the command line', 'cli/x.ts', '../app/compose.ts'],
])('allows %s', (_, from, imported) => {
  expect(reportsOf(from, imported)).toEqual([]);
});

test.each([
  ['a folder below', 'tickets/x.ts', '../surveys/index.ts', 'tickets may not import surveys'],
  ['a file inside a feature', 'alerts/x.ts', '../surveys/brand.ts', 'imported by its index.ts only'],
  ['the command line, from the composition', 'app/x.ts', '../cli/launch.ts', 'app may not import cli'],
  ['a report, from a new feature', 'brand-new/x.ts', '../reports/index.ts', 'brand-new may not import reports'],
  ['a package of another folder', 'tickets/x.ts', 'pg', 'pg is imported in platform/storage only'],
  ['a file inside such a package', 'tickets/x.ts', 'pg/lib/client.js', 'pg is imported in platform/storage only'],
  ['the same with a scope', 'tickets/x.ts', '@slack/web-api/dist/x.js', '@slack/web-api is imported in slack only'],
])('refuses %s', (_, from, imported, message) => {
  expect(reportsOf(from, imported)).toEqual([expect.stringContaining(message)]);
});

test.each(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression', 'TSImportType'])(
  'reads every kind of import: %s',
  (node) => {
    expect(reportsOf('decide/x.ts', '../tickets/index.ts', node)).toHaveLength(1);
  },
);
