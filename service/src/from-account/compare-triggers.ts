// Compares an account's Zendesk triggers with one another: duplicates, contradictions, overlaps.

import { disjoint, type Example, implies } from '../decide/prove/index.ts';
import { type Fault, type Judged, nameOf } from './fault.ts';
import { canonicalActions, findEqualRules, type TriggerPair, triggerPairs } from './trigger-pairs.ts';

/** Pairs that are proved or refuted, 2 to 3 ms each; an account with more is told. */
const MOST_PAIRS = 4_000;
const SHOWN = 3;

interface Overlap {
  readonly later: number;
  readonly targets: readonly string[];
  readonly example: string;
}

/**
 * One fault for each earlier trigger: that another says the same, always sets another value, or sets another for some tickets. Those
 * written alike are all found; of the others the pairs that have most in common are compared.
 * @param undecided gets sentences about what was not shown
 */
export function compareTriggers(triggers: readonly Judged[], undecided: string[]): Fault[] {
  const faults = new Map<number, Fault>();
  for (const [earlier, later] of findEqualRules(triggers.map(({ translated: { rule } }) => rule))) {
    const [a, b] = [triggers[earlier], triggers[later]];
    if (a && b) faults.set(earlier, saysTheSame(a, b));
  }
  const pairs = triggerPairs(triggers);
  const overlaps = new Map<number, Overlap[]>();
  let [compared, left, unsure] = [0, 0, 0];
  for (const pair of pairs) {
    if (faults.has(pair.earlier)) continue;
    if (compared === MOST_PAIRS) {
      left++;
      continue;
    }
    compared++;
    const found = comparePair(triggers, pair);
    if (found === 'unsure') unsure++;
    else if (found !== null && 'code' in found) faults.set(pair.earlier, found);
    else if (found !== null) overlaps.set(pair.earlier, [...(overlaps.get(pair.earlier) ?? []), found]);
  }
  for (const [earlier, found] of overlaps)
    if (!faults.has(earlier)) faults.set(earlier, overlapFault(triggers, earlier, found));
  if (unsure > 0)
    undecided.push(`Whether ${unsure} pairs of Zendesk triggers that set the same differently can meet in one ticket.`);
  if (left > 0)
    undecided.push(
      `${left} more pairs of Zendesk triggers that set the same were not compared: those whose conditions have least in common.`,
    );
  return [...faults].toSorted(([a], [b]) => a - b).map(([, fault]) => fault);
}

function comparePair(
  triggers: readonly Judged[],
  { earlier, later, targets }: TriggerPair,
): Fault | Overlap | 'unsure' | null {
  const [first, second] = [triggers[earlier], triggers[later]];
  if (!first || !second) return null;
  const [a, b] = [first.translated, second.translated];
  const forward = implies(a.proof, b.proof);
  if (
    forward.outcome === 'proved' &&
    canonicalActions(a.rule) === canonicalActions(b.rule) &&
    implies(b.proof, a.proof).outcome === 'proved'
  )
    return saysTheSame(first, second);
  if (targets.length === 0) return null;
  if (forward.outcome === 'proved')
    return {
      code: 'always_overwritten',
      rule: a.rule,
      sentence: `sets ${targets.join(', ')}, and the ${nameOf(b.rule)} behind it always sets another value`,
      proof: forward.because.map(
        ({ follows, from }) =>
          `${from.join(' and ')}${follows === null ? ' exclude one another' : ` means ${follows}`}`,
      ),
    };
  const verdict = disjoint(a.proof, b.proof);
  if (verdict.outcome === 'undecided' || (verdict.outcome === 'refuted' && !(a.isExact && b.isExact))) return 'unsure';
  return verdict.outcome === 'refuted' ? { later, targets, example: describeExample(verdict.example) } : null;
}

const saysTheSame = ({ translated: a }: Judged, { translated: b }: Judged): Fault => ({
  code: 'says_the_same',
  rule: a.rule,
  sentence: `says the same as the ${nameOf(b.rule)}`,
  proof: [],
});

function overlapFault(triggers: readonly Judged[], earlier: number, found: readonly Overlap[]): Fault {
  const overlaps = found.toSorted((a, b) => a.later - b.later);
  const others = overlaps
    .slice(0, SHOWN)
    .map(({ later }) => `"${triggers[later]?.translated.rule.title ?? ''}"`)
    .join(', ');
  const more = overlaps.length > SHOWN ? ` and ${overlaps.length - SHOWN} more` : '';
  return {
    code: 'overlaps',
    rule: triggers[earlier]?.translated.rule ?? null,
    sentence: `sets ${(overlaps[0]?.targets ?? []).join(', ')}, which ${others}${more} behind it ${overlaps.length === 1 ? 'sets' : 'set'} differently for some tickets; the last one wins`,
    proof: [`such a ticket: ${overlaps[0]?.example ?? ''}`],
  };
}

/** As `deskwright explain --tickets` reads it. */
const describeExample = ({ ticket }: Example): string => JSON.stringify(ticket);
