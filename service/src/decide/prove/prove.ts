// Proves that a claim is true for every ticket, or finds a counterexample.
import type { ConditionGroup, TicketFacts } from '@deskwright/shared';
import { buildOracle, conditionsIn } from './oracle.ts';
import {
  describeWanted,
  type Example,
  fewestImpossible,
  partsOf,
  type Search,
  startSearch,
  type Wanted,
} from './search-ticket.ts';

/** One step of a proof: what follows, and from which conditions of the policy. */
export interface ProofStep {
  /** Null: the conditions named exclude one another. */
  readonly follows: string | null;
  readonly from: readonly string[];
}

/**
 * - `proved`: it holds for every ticket
 * - `refuted`: it does not hold for this ticket, as the engine confirmed
 * - `undecided`: neither could be shown; never read it as "fine"
 */
export type Verdict =
  | { readonly outcome: 'proved'; readonly because: readonly ProofStep[] }
  | { readonly outcome: 'refuted'; readonly example: Example }
  | { readonly outcome: 'undecided'; readonly why: string };

/**
 * Other conditions of the same policy. Needed where words have the mark `~`: what counts as a misspelling depends on the words of
 * the whole policy. Proofs hold for every policy; examples are examples in this one.
 */
type Context = readonly ConditionGroup[];

/** No ticket can meet the conditions. */
export function proveNever(conditions: ConditionGroup, context: Context = []): Verdict {
  return proveNone([{ node: conditions, holds: true }], context);
}

/** Whether no ticket can meet the conditions, as far as that can be proved. Quicker than `proveNever`, which searches for an example. */
export function cannotHold(conditions: ConditionGroup): boolean {
  const { isImpossible, literalsOf } = startSearch();
  return isImpossible(literalsOf({ node: conditions, holds: true }));
}

/** No ticket can meet both. */
export function disjoint(a: ConditionGroup, b: ConditionGroup, context: Context = []): Verdict {
  return proveNone(
    [
      { node: a, holds: true },
      { node: b, holds: true },
    ],
    context,
  );
}

/** Every ticket that meets `a` meets `b`. */
export function implies(a: ConditionGroup, b: ConditionGroup, context: Context = []): Verdict {
  const wanted = [
    { node: a, holds: true },
    { node: b, holds: false },
  ];
  const search = startSearch();
  const found = search.find(wanted.flatMap(search.literalsOf), confirmation(wanted, context));
  if (found.outcome === 'found') return { outcome: 'refuted', example: found.example };
  if (found.outcome === 'undecided') return found;
  return { outcome: 'proved', because: explainImplication(a, b, search) };
}

/** Every ticket meets both or neither. The example meets one of them only. @internal */
export function equivalent(a: ConditionGroup, b: ConditionGroup, context: Context = []): Verdict {
  const verdicts = [implies(a, b, context), implies(b, a, context)];
  const refuted = verdicts.find(({ outcome }) => outcome === 'refuted');
  const undecided = verdicts.find(({ outcome }) => outcome === 'undecided');
  const because = verdicts.flatMap((verdict) => (verdict.outcome === 'proved' ? verdict.because : []));
  return refuted ?? undecided ?? { outcome: 'proved', because };
}

function proveNone(wanted: readonly Wanted[], context: Context): Verdict {
  const search = startSearch();
  const found = search.find(wanted.flatMap(search.literalsOf), confirmation(wanted, context));
  if (found.outcome === 'found') return { outcome: 'refuted', example: found.example };
  if (found.outcome === 'undecided') return found;
  return { outcome: 'proved', because: [explainExclusion(wanted, search)] };
}

/** The conditions that exclude one another. */
export function explainExclusion(wanted: readonly Wanted[], search: Search): ProofStep {
  return { follows: null, from: fewestImpossible(wanted.flatMap(partsOf), search).map(describeWanted) };
}

/** For each condition of `b`, those of `a` from which it follows; when `a` can never hold, those that exclude one another. */
export function explainImplication(a: ConditionGroup, b: ConditionGroup, search: Search): readonly ProofStep[] {
  const parts = partsOf({ node: a, holds: true });
  if (search.isImpossible(parts.flatMap(search.literalsOf)))
    return [explainExclusion([{ node: a, holds: true }], search)];
  return partsOf({ node: b, holds: true }).map((part): ProofStep => {
    const opposite = { node: part.node, holds: !part.holds };
    const from = fewestImpossible([...parts, opposite], search).filter((one) => one !== opposite);
    return { follows: describeWanted(part), from: from.map(describeWanted) };
  });
}

function confirmation(wanted: readonly Wanted[], context: Context): (facts: TicketFacts) => boolean {
  const own = wanted.map(({ node }): ConditionGroup => ({ all: [node] }));
  const ask = buildOracle(own.some(hasMisspellings) ? [...own, ...context] : own);
  return (facts) => {
    const { holds } = ask(facts);
    return wanted.every((one) => holds(one.node) === one.holds);
  };
}

const hasMisspellings = (group: ConditionGroup): boolean =>
  conditionsIn(group).some(({ value }) => [value ?? []].flat().some((word) => /~\**(?:\s|$)/.test(String(word))));
