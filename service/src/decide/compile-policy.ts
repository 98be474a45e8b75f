// What is worked out once per policy, so that deciding a ticket is quick?
import { type BusinessCalendar, type Policy, toBusinessCalendar } from '@deskwright/shared';
import { type BusinessClock, buildBusinessClock } from './business-clock.ts';
import { type CompiledCriteria, compileCriteria } from './compile-criteria.ts';
import { buildPhraseFinder } from './rules/phrase-finder.ts';
import type { RuleSet } from './rules/rule-set.ts';
import { compileRuleSet } from './rules/rule-set.ts';
import { type TimeThreshold, timeThresholds } from './time-conditions.ts';

export interface CompiledPolicy {
  readonly policy: Policy;
  /**
   * Names of the fields that the conditions ask (`subject`, `custom_field:123`, ...): facts that none of them asks
   * need not be fetched. The order of the queue asks when the ticket was made and since when its customer waits, always.
   */
  readonly asks: ReadonlySet<string>;
  /** The conditions of `policy.triggers`, in the same order. */
  readonly rules: RuleSet;
  /** When time alone can change what `rules` say; those of `criteria` are read whenever a card is. */
  readonly timeThresholds: readonly TimeThreshold[];
  /** The conditions of `policy.escalation.criteria`. */
  readonly criteria: CompiledCriteria;
  /** When the business is open. */
  readonly calendar: BusinessCalendar;
  readonly businessMs: BusinessClock;
  /** When each department is open, by its id. */
  readonly departmentHours: ReadonlyMap<string, BusinessCalendar>;
  /** Whether a text says one of `policy.promises`. */
  readonly isPromise: (text: string) => boolean;
}

/**
 * Compiles a policy for `decide`. Takes milliseconds; do it once per policy and keep the result.
 * @throws Error when a condition names no field or operator, or its expression is not RE2; a policy from the loader has none such.
 */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const conditions = policy.triggers.map((trigger) => trigger.conditions);
  const rules = compileRuleSet(conditions);
  const criteria = compileCriteria(policy.escalation);
  const asks = new Set([...rules.asks, ...criteria.rules.asks]);
  const calendar = toBusinessCalendar(policy);
  return {
    policy,
    asks,
    rules,
    timeThresholds: timeThresholds(conditions),
    criteria,
    calendar,
    businessMs: buildBusinessClock(calendar),
    departmentHours: new Map(
      policy.departments.map(({ id, hours = policy.business_hours }) => [
        id,
        toBusinessCalendar({ time_zone: policy.time_zone, business_hours: hours }),
      ]),
    ),
    isPromise: buildPhraseFinder(policy.promises),
  };
}
