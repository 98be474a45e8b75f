// Checks an installation from end to end.
import { ACCESS_CHECKS } from './access-checks.ts';
import { ACCOUNT_CHECKS } from './account-checks.ts';
import { type Result, runChecks, type Verdict } from './check.ts';
import { depsOf, type Parts } from './parts.ts';
import { PAYMENT_CHECKS } from './payment-checks.ts';
import { SERVICE_CHECKS } from './service-checks.ts';
import { SETUP_CHECKS } from './setup-checks.ts';

export interface DoctorOptions extends Parts {
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
