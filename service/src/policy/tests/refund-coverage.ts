// Finds which rules of refunds the tests of a policy leave untried.
import type { Policy, RefundRule } from '@deskwright/shared';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import { decide } from '../../decide/decide.ts';
import { decideRefund } from '../../decide/refund-decision.ts';
import { allowsNone, describeLine } from '../../decide/refund-line.ts';
import { givenFacts } from './given-facts.ts';
import { askedBy } from './judge-refund.ts';

interface UntriedRefundRule {
  /** `refunds.limits of tier t1`. */
  readonly of: string;
  /** `refunds.limits[0].per_refund`. */
  readonly path: string;
  /** What no test sees. */
  readonly never: 'kept' | 'broken' | 'kept or broken';
}

export interface RefundCoverage {
  readonly tried: number;
  readonly all: number;
  readonly untried: readonly UntriedRefundRule[];
}

const OF_LIMIT = ['per_refund', 'per_agent_per_day', 'per_customer', 'per_ticket', 'days_since_payment'] as const;
const VERIFY = 'needs_verified_customer_above';

/** Each rule that is written, for each line by itself. A line that allows nothing has one rule: `may_refund`. */
export function measureRefunds(policy: Policy, compiled: CompiledPolicy): RefundCoverage {
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
