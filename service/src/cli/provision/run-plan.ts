// Shows what an apply would do to the account.
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import { costOf, describePlan, makePlan, type PlanDeps, savePlan } from '../../provision/index.ts';
import { stoppedWhile } from '../../zendesk/stopped-while.ts';

export interface PlanOptions extends PlanDeps {
  policy: Pick<PolicyWithGuidance, 'policy' | 'hash' | 'guidance'>;
  /** Where the plan is saved for `deskwright apply`; null: nowhere. */
  file: string | null;
  json: boolean;
  out: (text: string) => void;
}

/** `deskwright plan`: reads the account and prints the plan; changes nothing. Exit code 0, whether or not there is something to do. */
export async function runPlan(options: PlanOptions): Promise<0> {
  const { policy, file, json, out } = options;
  const plan = await whileReading(() => makePlan(options, policy));
  if (file !== null) await savePlan(file, plan);
  const perMinute = policy.policy.zendesk.writes_per_minute;
  if (json) {
    out(JSON.stringify({ ...plan, ...costOf(plan, perMinute) }));
    return 0;
  }
  out(`Account ${plan.account}\n`);
  out(describePlan(plan, perMinute));
  if (file !== null) out(`\nSaved as ${file}. Carry it out with: deskwright apply ${file} --reason "..."`);
  else if (plan.steps.length > 0) out('\nCarry it out with: deskwright apply --reason "..."');
  return 0;
}

/** Only for work that has written nothing when it throws `ZendeskError`. Throws an error with what to do. */
export const whileReading = <T>(work: () => Promise<T>): Promise<T> =>
  stoppedWhile('reading the account', 'Nothing was written.', work);
