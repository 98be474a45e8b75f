// Shows what an apply would do to the account, and carries a plan out after asking.
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import {
  type Apply,
  type ApplyDeps,
  type ApplyOutcome,
  alone,
  applyPlan,
  costOf,
  describePlan,
  makePlan,
  type Plan,
  type PlanDeps,
  type Progress,
  savePlan,
} from '../../provision/index.ts';
import { stoppedWhile } from '../../zendesk/stopped-while.ts';
import type { Clock } from '../clock.ts';

interface PlanOptions extends PlanDeps {
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

export interface ApplyOptions extends Omit<ApplyDeps, 'onProgress' | 'signal'> {
  /** The saved plan; null: one is made now. */
  saved: Plan | null;
  /** Makes the plan, with the account as it is now. */
  make: () => Promise<Plan>;
  reason: string;
  who: string;
  clock: Clock;
  json: boolean;
  ask: (question: string) => Promise<boolean>;
  /** Called once nobody is asked any more: from then on Ctrl-C ends the running step and no other begins. */
  interruption: () => AbortSignal;
  out: (text: string) => void;
  /** For progress. */
  err: (text: string) => void;
  /** How the person goes on after a stop: `deskwright apply`. */
  command: string;
}

/**
 * `deskwright apply` and `deskwright rollback`. Exit code 0: done, or nothing to do; 1: the person said no, or the plan was overtaken; 2: it
 * stopped in the middle, and the last line says how to go on.
 * @throws Error without a reason
 */
export async function runApply(given: ApplyOptions): Promise<0 | 1 | 2> {
  const options = { ...given, reason: given.reason.trim() };
  if (options.reason === '') throw new Error('Say why with --reason "...": it is recorded with your name.');
  const onWait = (running: Apply | null): void => {
    const which = running
      ? `apply ${running.id}, begun by ${running.who} at ${options.clock.printWithZone(running.startedAt)}`
      : 'another command';
    options.err(`Waiting for ${which}.`);
  };
  return whileReading(() => alone(options, onWait, (interrupted) => run(options, interrupted)));
}

async function run(options: ApplyOptions, interrupted: Apply | null): Promise<0 | 1 | 2> {
  const { saved, make, json, out, err, ask, perMinute } = options;
  if (interrupted && interrupted.planId !== saved?.id && !json)
    out(
      `Apply ${interrupted.id} did not end (${interrupted.message ?? 'the command ended in the middle'}). What is left of it is in this plan.\n`,
    );
  const plan = saved ?? (await make());
  if (!json) out(describePlan(plan, perMinute()));
  if (plan.steps.length === 0) {
    if (json) out(JSON.stringify({ outcome: 'nothing' }));
    return 0;
  }
  if (!(await ask(`Carry this out on ${plan.account}?`))) {
    err('Nothing was done.');
    return 1;
  }
  const deps = { ...options, signal: options.interruption(), onProgress: progressTo(err, Date.now()) };
  const outcome = await applyPlan(deps, { ...options, plan, remake: make });
  if (json) out(JSON.stringify(outcome));
  else out(`\n${describe(outcome, options)}`);
  return codeOf(outcome);
}

function codeOf({ outcome }: ApplyOutcome): 0 | 1 | 2 {
  if (outcome === 'stopped') return 2;
  return outcome === 'overtaken' ? 1 : 0;
}

function describe(outcome: ApplyOutcome, { saved, command }: ApplyOptions): string {
  switch (outcome.outcome) {
    case 'done':
      return `Done: apply ${outcome.applyId}, ${outcome.steps} step${outcome.steps === 1 ? '' : 's'}. To undo it: deskwright rollback --reason "..."`;
    case 'already':
      return `Nothing to do: this plan was carried out as apply ${outcome.applyId}.`;
    case 'overtaken':
      return [
        'The plan was not carried out, because it no longer fits:',
        ...outcome.differences.map((difference) => `  * ${difference}`),
        'Make another one with `deskwright plan`.',
      ].join('\n');
    case 'stopped':
      return [
        `Stopped after ${outcome.done} of ${outcome.of} steps (apply ${outcome.applyId}), at the ${outcome.reason}`,
        `What was done is kept. Continue with: ${command} --reason "..."${saved ? '' : ' (it plans what is left)'}`,
      ].join('\n');
    default:
      return outcome satisfies never;
  }
}

/** Between steps, waits shorter than this are part of the pace. */
const WORTH_TELLING_MS = 3_000;

/** One line for each step, with the time that is left by the pace so far. */
function progressTo(err: (text: string) => void, startedAt: number): (progress: Progress) => void {
  return (progress) => {
    if (progress.kind === 'waiting') {
      const { ms, why } = progress;
      return ms < WORTH_TELLING_MS ? undefined : err(`  waiting ${Math.ceil(ms / 1000)} s: ${why}`);
    }
    const { step, position, of } = progress;
    const left =
      position === 0
        ? ''
        : `, about ${Math.ceil(((Date.now() - startedAt) / position) * ((of - position) / 1000))} s left`;
    err(`[${position + 1}/${of}] ${step.action} ${step.name}${left}`);
  };
}
