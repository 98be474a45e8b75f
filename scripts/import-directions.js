// The lint rules for imports of the service: which folder may import which, and which one alone imports a package.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../service/src/', import.meta.url));

const ENGINE = 'decide figures';
const ACCOUNT = `platform zendesk ${ENGINE} policy directory`;
const AGENTS = `${ACCOUNT} tickets history sidebar`;
const LEADERS = `${AGENTS} views surveys`;
const FILES = `${LEADERS} mail slack refunds tools alerts dashboard reports`;

/** What each folder of `service/src` may import beside itself and `shared`. A folder imports only those above it. */
const MAY_IMPORT = table({
  platform: '',
  zendesk: 'platform',
  mail: 'platform',
  slack: 'platform',
  payments: 'platform',
  stripe: 'platform payments',
  decide: '',
  figures: 'decide',
  policy: 'platform decide',
  directory: 'platform zendesk decide policy',
  tickets: 'platform zendesk decide policy directory',
  history: `${ACCOUNT} tickets`,
  provision: `${ACCOUNT} tickets history`,
  views: `${ACCOUNT} tickets history provision`,
  sidebar: `${ACCOUNT} tickets history views`,
  refunds: `${AGENTS} slack payments`,
  tools: `${AGENTS} mail`,
  surveys: `${AGENTS} mail slack refunds`,
  alerts: `${LEADERS} mail slack refunds`,
  dashboard: `${LEADERS} refunds alerts`,
  reports: `${LEADERS} mail slack refunds tools alerts dashboard`,
  lint: FILES,
  'past-tickets': FILES,
  backtest: `${FILES} lint past-tickets`,
  preview: `${FILES} lint past-tickets backtest`,
  suggest: `${FILES} lint past-tickets`,
  'from-account': `${FILES} lint past-tickets suggest`,
});

/** A feature that is not listed yet; it needs a line only where it imports more. `app` imports all but `cli`, which imports all. */
const A_NEW_FEATURE = `${LEADERS} mail slack refunds tools`.split(' ');

/** All other folders are features, and imported by their `index.ts` only. */
const NO_FEATURES = new Set([...ACCOUNT.split(' '), 'mail', 'slack', 'payments', 'stripe', 'app', 'cli']);

/** The folders that alone import a package. */
const OWNERS = table({
  bullmq: 'platform/jobs',
  ioredis: 'platform/jobs',
  pg: 'platform/storage',
  'node-zendesk': 'zendesk',
  nodemailer: 'mail',
  '@slack/webhook': 'slack',
  '@slack/web-api': 'slack',
  stripe: 'stripe',
  jose: 'sidebar/identity',
  liquidjs: 'platform/text-files policy/guidance',
  'mdast-util-from-markdown': 'policy/guidance',
  express:
    'platform/http tickets/receive sidebar/api sidebar/page refunds/api surveys/pages dashboard/api dashboard/live dashboard/wall reports/company',
});

/** @param {Record<string, string>} rows */
function table(rows) {
  return new Map(Object.entries(rows).map(([key, names]) => [key, names.split(' ')]));
}

/** What is wrong with an import of a file, both as paths below `service/src`; null if nothing is. */
function whyNotFile(from, to) {
  const [[folder], [other, ...inside]] = [from.split('/'), to.split('/')];
  if (folder === other || inside.length === 0) return null;
  const allowed = MAY_IMPORT.get(folder) ?? A_NEW_FEATURE;
  const mayImport = folder === 'cli' || (folder === 'app' ? other !== 'cli' : allowed.includes(other));
  if (!mayImport)
    return `Imports point one way: ${folder} may not import ${other} (scripts/import-directions.js has the table).`;
  return NO_FEATURES.has(other) || inside.join('/') === 'index.ts'
    ? null
    : 'A feature is imported by its index.ts only.';
}

/** @param {string} specifier may name a file inside the package, as `pg/lib/client.js` does */
function whyNotPackage(from, specifier) {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const owners = OWNERS.get(name);
  if (!owners || owners.some((owner) => from.startsWith(`${owner}/`))) return null;
  return `${name} is imported in ${owners.join(', ')} only.`;
}

const directions = {
  create(context) {
    const file = context.filename;
    if (!file.startsWith(SOURCE) || !file.slice(SOURCE.length).includes('/')) return {};
    const from = file.slice(SOURCE.length);
    const check = ({ source }) => {
      if (typeof source?.value !== 'string') return;
      const path = source.value.startsWith('.') ? resolve(dirname(file), source.value) : null;
      const message = path?.startsWith(SOURCE)
        ? whyNotFile(from, path.slice(SOURCE.length))
        : whyNotPackage(from, source.value);
      if (message) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};

export default { meta: { name: 'deskwright' }, rules: { 'import-directions': directions } };
