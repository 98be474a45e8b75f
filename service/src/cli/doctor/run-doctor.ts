// Checks an installation from end to end.
import { ACCESS_CHECKS } from './access-checks.ts';
import { ACCOUNT_CHECKS } from './account-checks.ts';
import { type DoctorDeps, type Result, runChecks, type Verdict } from './check.ts';
import { SERVICE_CHECKS } from './service-checks.ts';

export interface DoctorOptions extends DoctorDeps {
  json: boolean;
  out: (text: string) => void;
}

const SIGNS: Record<Verdict['verdict'], string> = { ok: 'ok  ', warning: 'WARN', failed: 'FAIL', skipped: 'skip' };

/** `deskwright doctor`. Exit code 0: it works (there may be warnings); 1: something failed. */
export async function runDoctor({ json, out, ...deps }: DoctorOptions): Promise<0 | 1> {
  const checks = [...ACCESS_CHECKS, ...SERVICE_CHECKS, ...ACCOUNT_CHECKS];
  const results = await runChecks(checks, deps, (result) => {
    if (!json) out(describe(result));
  });
  const count = (verdict: Verdict['verdict']) => results.filter((each) => each.verdict === verdict).length;
  if (json) out(JSON.stringify({ checks: results }));
  else
    out(
      `\n${count('ok')} ok, ${count('warning')} warnings, ${count('failed')} failed, ${count('skipped')} not checked.`,
    );
  return count('failed') > 0 ? 1 : 0;
}

const describe = ({ name, verdict, message, action }: Result): string =>
  `${SIGNS[verdict]}  ${name}: ${message}${action === undefined ? '' : `\n      ${action}`}`;
