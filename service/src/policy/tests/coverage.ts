// Finds what the tests of a policy leave untried: triggers, conditions, categories.
import {
  type Condition,
  type ConditionGroup,
  GROUP_KEYS,
  isCondition,
  type Policy,
  type RefundRule,
} from '@deskwright/shared';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import { decide } from '../../decide/decide.ts';
import { decideRefund } from '../../decide/refund-decision.ts';
import { allowsNone, describeLine } from '../../decide/refund-line.ts';
import type { RuleSet } from '../../decide/rules/rule-set.ts';
import { factsAfter, givenFacts } from './given-facts.ts';
import { askedBy } from './judge-refund.ts';

export interface UntriedCondition {
  /** `trigger refund-wording`, `criterion "Customer threatens legal action"`. */
  readonly of: string;
  /** `triggers[2].conditions.any[0]`, of the policy with all that it includes. */
  readonly path: string;
  readonly condition: Condition;
  /** What no test sees. */
  readonly never: 'met' | 'unmet' | 'met or unmet';
}

export interface Coverage {
  readonly triggers: { readonly fired: number; readonly all: number; readonly neverFired: readonly string[] };
  /** `tried`: seen both met and unmet. */
  readonly conditions: { readonly tried: number; readonly all: number; readonly untried: readonly UntriedCondition[] };
  /** Of `refunds`; `tried`: a test's refund was within it, and another was not. */
  readonly refunds: RefundCoverage;
  /** Of no test's ticket. */
  readonly categories: { readonly tried: number; readonly all: number; readonly untried: readonly string[] };
}

/** Decides every test's ticket once more. Whether tests pass does not matter. */
export function measureCoverage(policy: Policy, compiled: CompiledPolicy): Coverage {
  const conditions = policy.triggers.map(({ id, conditions: group }, index) => ({
    of: `trigger ${id}`,
    path: `triggers[${index}].conditions`,
    group,
  }));
  const criteria = policy.escalation.criteria.flatMap(({ when }, entry) =>
    when.flatMap(({ text, conditions: group }, index) =>
      group === undefined
        ? []
        : [{ of: `criterion "${text}"`, path: `escalation.criteria[${entry}].when[${index}].conditions`, group }],
    ),
  );
  const ofTriggers = watch(compiled.rules, conditions);
  const ofCriteria = watch(compiled.criteria.rules, criteria);
  const fired = new Set<number>();
  const categories = new Set<string>();
  for (const { given } of policy.tests) {
    const facts = givenFacts(given);
    const decision = decide(facts, compiled);
    categories.add(decision.category.value);
    const { distances, met } = compiled.rules.answer(facts);
    for (const [place, distance] of distances.entries()) if (distance === 0) fired.add(place);
    ofTriggers.see(met);
    if (criteria.length > 0) ofCriteria.see(compiled.criteria.rules.answer(factsAfter(facts, decision, policy)).met);
  }
  const watched = [...ofTriggers.watched, ...ofCriteria.watched];
  const untried = watched.flatMap(({ met, unmet, of, path, condition }): UntriedCondition[] =>
    met && unmet ? [] : [{ of, path, condition, never: met ? 'unmet' : unmet ? 'met' : 'met or unmet' }],
  );
  const ids = policy.categories.map(({ id }) => id);
  return {
    triggers: {
      fired: fired.size,
      all: policy.triggers.length,
      neverFired: policy.triggers.filter((_, place) => !fired.has(place)).map(({ id }) => id),
    },
    refunds: measureRefunds(policy, compiled),
    conditions: { tried: watched.length - untried.length, all: watched.length, untried },
    categories: {
      tried: ids.filter((id) => categories.has(id)).length,
      all: ids.length,
      untried: ids.filter((id) => !categories.has(id)),
    },
  };
}

interface Conditions {
  readonly of: string;
  readonly path: string;
  readonly group: ConditionGroup;
}

/** Which conditions were seen met and unmet, as they are written: inside `none` too. */
function watch({ rules }: RuleSet, groups: readonly Conditions[]) {
  const watched = groups.flatMap(({ of, path, group }, index) => {
    // The leaves of a rule come in the same order.
    const leaves = rules[index]?.leaves ?? [];
    return conditionsIn(group, path).map(({ condition, path: at }, n) => {
      const code = leaves[n] ?? 0;
      return { of, path: at, condition, code: code - (code % 2), met: false, unmet: false };
    });
  });
  return {
    watched,
    see: (met: Uint8Array) => {
      for (const one of watched) {
        if (met[one.code] === 1) one.met = true;
        else one.unmet = true;
      }
    },
  };
}

function conditionsIn(group: ConditionGroup, path: string): { condition: Condition; path: string }[] {
  return GROUP_KEYS.flatMap((key) =>
    (group[key] ?? []).flatMap((node, index) => {
      const at = `${path}.${key}[${index}]`;
      return isCondition(node) ? [{ condition: node, path: at }] : conditionsIn(node, at);
    }),
  );
}

interface UntriedRefundRule {
  /** `refunds.limits of tier t1`. */
  readonly of: string;
  /** `refunds.limits[0].per_refund`. */
  readonly path: string;
  /** What no test sees. */
  readonly never: 'kept' | 'broken' | 'kept or broken';
}

interface RefundCoverage {
  readonly tried: number;
  readonly all: number;
  readonly untried: readonly UntriedRefundRule[];
}

const OF_LIMIT = ['per_refund', 'per_agent_per_day', 'per_customer', 'per_ticket', 'days_since_payment'] as const;
const VERIFY = 'needs_verified_customer_above';

/** Each rule that is written, for each line by itself. A line that allows nothing has one rule: `may_refund`. */
function measureRefunds(policy: Policy, compiled: CompiledPolicy): RefundCoverage {
  const { refunds } = policy;
  if (refunds === undefined) return { tried: 0, all: 0, untried: [] };
  const seen = new Set<string>();
  for (const { given } of policy.tests) {
    if (given.refund === undefined) continue;
    const decision = decide(givenFacts(given), compiled);
    const { checks, line } = decideRefund(refunds, askedBy(given, decision, policy, refunds.currency));
    for (const { rule, passed } of checks) seen.add(`${rule === VERIFY ? '' : String(line)} ${rule} ${String(passed)}`);
  }
  const judge = (of: string, path: string, line: string, rule: RefundRule) => {
    const kept = rule === 'may_refund' || seen.has(`${line} ${rule} true`);
    const broken = seen.has(`${line} ${rule} false`);
    const never = kept
      ? broken
        ? null
        : ('broken' as const)
      : broken
        ? ('kept' as const)
        : ('kept or broken' as const);
    return { of, path, never };
  };
  const rules = [
    ...refunds.limits.flatMap((line, index) => {
      const path = `refunds.limits[${index}]`;
      const [of, at] = [describeLine(line), String(index)];
      if (allowsNone(line)) return [judge(of, path, at, 'may_refund')];
      return OF_LIMIT.flatMap((rule) => (line[rule] === undefined ? [] : [judge(of, `${path}.${rule}`, at, rule)]));
    }),
    ...(refunds[VERIFY] === undefined ? [] : [judge('refunds', `refunds.${VERIFY}`, '', VERIFY)]),
  ];
  const untried = rules.flatMap(({ never, ...rule }) => (never === null ? [] : [{ ...rule, never }]));
  return { tried: rules.length - untried.length, all: rules.length, untried };
}
