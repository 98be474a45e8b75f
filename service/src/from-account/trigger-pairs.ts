// Finds which triggers of an account are worth comparing: those written alike, then those that have most in common.
import type { AccountRule } from './account-setup.ts';
import type { Judged } from './fault.ts';
import { describeRaw } from './translate-rule.ts';

/** Places in the list of triggers. */
export interface TriggerPair {
  readonly earlier: number;
  readonly later: number;
  /** What both set, to different values. Empty: all their actions are the same. */
  readonly targets: readonly string[];
}

/** Actions of one field stay in their order, for the last counts. */
export const canonicalActions = ({ actions }: AccountRule): string =>
  JSON.stringify(actions.toSorted((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : 0)));

const canonicalConditions = ({ all, any }: AccountRule): string =>
  JSON.stringify([all, any].map((list) => [...new Set(list.map((one) => JSON.stringify(one)))].toSorted()));

/** Rules with the same conditions and actions, in whatever order: of each but the last its place, and that of the next. */
export function findEqualRules(rules: readonly AccountRule[]): ReadonlyMap<number, number> {
  const next = new Map<string, number>();
  const equal = new Map<number, number>();
  for (const [at, rule] of [...rules.entries()].toReversed()) {
    if (rule.actions.length === 0) continue;
    const form = canonicalConditions(rule) + canonicalActions(rule);
    const later = next.get(form);
    if (later !== undefined) equal.set(at, later);
    next.set(form, at);
  }
  return equal;
}

/** Pairs that set the same to different values, or have the same actions: those whose conditions have most in common first. */
export function triggerPairs(triggers: readonly Judged[]): readonly TriggerPair[] {
  const known = triggers.map(({ translated: { rule }, actions }) => ({
    sets: [...actions.sets],
    setsOf: actions.sets,
    actions: rule.actions.length > 0 ? canonicalActions(rule) : null,
    traits: traitsOf(rule),
  }));
  const pairs: Array<TriggerPair & { readonly common: number }> = [];
  for (const [earlier, a] of known.entries())
    for (let later = earlier + 1; later < known.length; later++) {
      const b = known[later];
      if (b === undefined) continue;
      const targets = a.sets.filter(([key, value]) => (b.setsOf.get(key) ?? value) !== value).map(([key]) => key);
      const isSame = a.actions !== null && a.actions === b.actions;
      if (targets.length > 0 || isSame)
        pairs.push({ earlier, later, targets, common: commonOf(a.traits, b.traits) + (isSame ? 1 : 0) });
    }
  return pairs.toSorted((a, b) => b.common - a.common || a.earlier - b.earlier || a.later - b.later);
}

/** Fields, whole conditions and single words of a rule. */
const traitsOf = ({ all, any }: AccountRule): ReadonlySet<string> =>
  new Set(
    [...all, ...any].flatMap((one) => [
      one.field,
      describeRaw(one),
      ...(one.value ?? '').split(/\s+/u).map((word) => `${one.field} ${word.toLowerCase()}`),
    ]),
  );

/** Part of the smaller one's traits, from 0 to 1: a condition that implies another usually repeats it. */
function commonOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  return small.size === 0 ? 1 : [...small].filter((trait) => large.has(trait)).length / small.size;
}
