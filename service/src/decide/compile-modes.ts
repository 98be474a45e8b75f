// Compiles what acts of a policy of which something is in shadow.
import { type Policy, shareOf } from '@deskwright/shared';
import type { CompiledTrigger } from './compile-trigger.ts';
import { type RuleSet, ruleSetSteps } from './rules/rule-set.ts';
import { FILE } from './share.ts';
import type { Steps } from './steps.ts';

/** A trigger that acts for some tickets. */
interface SharedTrigger {
  /** Its index among the acting triggers. */
  readonly place: number;
  /** Of its share: the trigger's id; where the file has a share, the file's, so that its tickets are among those of the file. */
  readonly name: string;
  /** 1 to 99. */
  readonly percent: number;
}

export interface CompiledModes {
  /** The triggers that act for at least some tickets, with their conditions: those in shadow are as if they were not in the file. */
  readonly triggers: readonly CompiledTrigger[];
  readonly rules: RuleSet;
  readonly shared: readonly SharedTrigger[];
}

/** Null: the whole policy acts for every ticket. */
export function* modeSteps(
  { mode, triggers }: Policy,
  whole: Pick<CompiledModes, 'triggers' | 'rules'>,
): Steps<CompiledModes | null> {
  const shares = triggers.map((trigger) => shareOf(trigger.mode));
  if (shareOf(mode) === 100 && shares.every((share) => share === 100)) return null;
  const acting = triggers.flatMap((trigger, place) => ((shares[place] ?? 0) > 0 ? [{ trigger, place }] : []));
  return {
    triggers: acting.flatMap(({ place }) => whole.triggers[place] ?? []),
    // Compiled apart, because what counts as a misspelling depends on all words of a policy.
    rules:
      acting.length === triggers.length
        ? whole.rules
        : yield* ruleSetSteps(acting.map(({ trigger }) => trigger.conditions)),
    shared: acting.flatMap(({ trigger: { id }, place: inPolicy }, place) => {
      const percent = shares[inPolicy] ?? 0;
      return percent < 100 ? [{ place, name: shareOf(mode) < 100 ? FILE : id, percent }] : [];
    }),
  };
}
