// Defines a kind of effect that the outbox performs. To add a kind, write one file that uses this, and a line in its feature.
import type { EffectDefinition, EffectLimits } from './effect-definition.ts';
import type { Work } from './work.ts';

/** With this backoff, twenty attempts take about three hours. */
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
   * Performs due entries once. Returns how many milliseconds to wait although something is due; 0 if another round can start at once.
   */
  readonly round: (open: OpenWork) => Promise<number>;
}

/** Passes a kind its `Work`, typed by its payload. */
type OpenWork = <Payload>(definition: EffectDefinition<Payload>) => Work<Payload>;

/**
 * A kind with its own procedure: `round` claims entries through `work` and settles what it has claimed. Kinds that need
 * only one call per entry use `simpleEffect`.
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
