// `deskwright doctor`: checks an installation from end to end.
import type { Command } from 'commander';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import type { CommandDeps } from '../activation/commands.ts';
import { openAccount } from '../open-account.ts';
import { openOperatorDatabase } from '../operator-database.ts';
import { ACCESS_CHECKS } from './access-checks.ts';
import { ACCOUNT_CHECKS } from './account-checks.ts';
import { type Result, runChecks, type Verdict } from './check.ts';
import { depsOf, type Parts, tryToOpen } from './parts.ts';
import { PAYMENT_CHECKS } from './payment-checks.ts';
import { SERVICE_CHECKS } from './service-checks.ts';
import { SETUP_CHECKS } from './setup-checks.ts';

/** One statement may take as long as one check. Milliseconds. */
const STATEMENT_MS = 10_000;

/** Adds `doctor` to the command line. */
export function addDoctor(program: Command, { policyOption, jsonOption, exitsWith }: CommandDeps) {
  program
    .command('doctor')
    .description(
      'check settings, policy, database, login, scopes, webhook (with a test event), clock, app, mail, queue, Stripe, views and groups',
    )
    .addOption(policyOption())
    .addOption(jsonOption())
    .action(
      exitsWith(async ({ policy, json }) => {
        const { env } = process;
        const database = await tryToOpen(() =>
          openOperatorDatabase(env, { migrates: false, statementMs: STATEMENT_MS }),
        );
        try {
          return await runDoctor({
            database,
            account: await tryToOpen(() => openAccount(database.ok ? database.value.db : null, env)),
            policyPath: policy,
            policyFile: await readPolicyFile(policy, { runsTests: false }),
            fetch,
            now: () => new Date(),
            json,
            out: (text) => console.log(text),
          });
        } finally {
          if (database.ok) await database.value.close();
        }
      }),
    );
}

interface DoctorOptions extends Parts {
  json: boolean;
  /** Most that one check may take; default: 10 s. */
  limitMs?: number;
  out: (text: string) => void;
}

const SIGNS: Record<Verdict['verdict'], string> = { ok: 'ok  ', warning: 'WARN', failed: 'FAIL', skipped: 'skip' };

/** `deskwright doctor`. Exit code 0: it works (there may be warnings); 1: something failed. */
export async function runDoctor({ json, out, limitMs, ...parts }: DoctorOptions): Promise<0 | 1> {
  const checks = [...SETUP_CHECKS, ...ACCESS_CHECKS, ...SERVICE_CHECKS, ...PAYMENT_CHECKS, ...ACCOUNT_CHECKS];
  const onResult = (result: Result): void => {
    if (!json) out(describe(result));
  };
  const results = await runChecks(checks, depsOf(parts), {
    onResult,
    ...(limitMs !== undefined && { limitMs }),
  });
  const count = (verdict: Verdict['verdict']) => results.filter((each) => each.verdict === verdict).length;
  if (json) out(JSON.stringify({ checks: results, ...(parts.database.ok && { database: parts.database.value.name }) }));
  else
    out(
      `\n${count('ok')} ok, ${count('warning')} warnings, ${count('failed')} failed, ${count('skipped')} not checked.`,
    );
  return count('failed') > 0 ? 1 : 0;
}

const describe = ({ name, verdict, message, action }: Result): string =>
  `${SIGNS[verdict]}  ${name}: ${message}${action === undefined ? '' : `\n      ${action}`}`;
