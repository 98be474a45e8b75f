// Makes a kind of effect that the outbox performs. A new kind is one file that fills this in, and one line in its feature.
import type { EffectDefinition, EffectLimits } from './effect-definition.ts';
import type { Work } from './work.ts';

/** With this back-off, twenty attempts take about three hours. */
const EFFECT_LIMITS: EffectLimits = {
  leaseMs: 75_000,
  attempts: 20,
  unfinished: 5,
  backoffMs: 2_000,
  longestBackoffMs: 600_000,
  workMs: 8_000,
};

/** A kind that can be performed; `createOutbox` takes a list of them. */
export interface EffectKind {
  readonly name: string;
  readonly description: string;
  readonly advise: (reason: string) => string;
  readonly limits: EffectLimits;
  /**
   * Performs once what is due. Gives back for how many milliseconds there is no use in coming again although something is due; 0 when there is.
   */
  readonly round: (open: OpenWork) => Promise<number>;
}

/** Gives a kind its work, typed by its payload. */
type OpenWork = <Payload>(definition: EffectDefinition<Payload>) => Work<Payload>;

/**
 * A kind that performs its entries by a procedure of its own: `round` claims by `work`, and settles what it has claimed. Kinds that need
 * no more than one call an entry use `simpleEffect`.
 */
export function effectKind<Payload>(
  definition: EffectDefinition<Payload>,
  { limits = {}, round }: { limits?: Partial<EffectLimits>; round: (work: Work<Payload>) => Promise<number> },
): EffectKind {
  return {
    name: definition.name,
    description: definition.description,
    advise: definition.advise,
    limits: { ...EFFECT_LIMITS, ...limits },
    round: (open) => round(open(definition)),
  };
}
