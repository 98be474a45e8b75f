// Checks what all else needs: the settings, the policy file and the database.
import { isOnThisMachine } from '../../app/config.ts';
import { countPendingMigrations } from '../../platform/storage/database.ts';
import { formatProblemLine } from '../../policy/format-policy.ts';
import { failedTests } from '../../policy/tests/run-tests.ts';
import { UNKNOWN_SECRET } from '../open-account.ts';
import { type Check, failed, ok, warning } from './check.ts';

const configuration: Check = {
  name: 'configuration',
  run: async ({ account }) => {
    if (!account.ok) return failed(account.reason, 'Correct the environment or .env (see .env.example).');
    const { config } = account.value;
    if (config.webhookSecrets.includes(UNKNOWN_SECRET) && !isOnThisMachine(config.zendesk.baseUrl))
      return failed(
        'ZENDESK_WEBHOOK_SECRET is not set: the service does not start without it.',
        'Write it into .env: deskwright webhook >> .env.',
      );
    return ok('All settings are valid.');
  },
};

const policy: Check = {
  name: 'policy',
  run: async ({ policyFile: read, policyPath }) => {
    if (read.outcome === 'unreadable')
      return failed(`The policy cannot be read: ${read.reason}.`, 'Name it with --policy or DESKWRIGHT_POLICY.');
    if (read.outcome === 'refused') {
      const [first] = read.problems.filter(({ severity }) => severity === 'error');
      return failed(
        `${policyPath} has mistakes${first ? `: ${formatProblemLine(first, policyPath)}` : '.'}`,
        'See all: deskwright check.',
      );
    }
    const { loaded } = read;
    const [failing] = failedTests(loaded);
    if (failing) return failed(formatProblemLine(failing, policyPath), 'See all: deskwright test.');
    const [first] = loaded.warnings;
    if (first) return warning(formatProblemLine(first, policyPath), 'See all: deskwright check.');
    const tests = loaded.policy.tests.length;
    return ok(`${policyPath} is valid${tests === 0 ? '; it has no tests' : `, and its tests pass (${tests})`}.`);
  },
};

const database: Check = {
  name: 'database',
  run: async ({ database: opened }) => {
    if (!opened.ok)
      return failed(
        opened.reason,
        'See that PostgreSQL runs, and that DATABASE_URL or DESKWRIGHT_DATA_DIR names the service’s database.',
      );
    const { db, name, lowDiskWarning } = opened.value;
    const { rows } = await db.$client.query<{ version: string; size: string }>(
      "SELECT current_setting('server_version') AS version, pg_size_pretty(pg_database_size(current_database())) AS size",
    );
    const what = `${name}: PostgreSQL ${rows[0]?.version}, ${rows[0]?.size}`;
    const pending = await countPendingMigrations(db);
    if (pending > 0)
      return failed(
        `${what}; not applied migrations of this version: ${pending}.`,
        'Restart the service with this version: it applies them.',
      );
    const lowDisk = await lowDiskWarning();
    return lowDisk === null
      ? ok(`${what}, with all migrations.`)
      : warning(`${what}; ${lowDisk}.`, 'Free some space, or move the database.');
  },
};

export const SETUP_CHECKS: readonly Check[] = [configuration, policy, database];
