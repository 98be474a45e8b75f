// Precomputes, once per policy, what makes deciding a ticket fast.
import {
  type BusinessCalendar,
  findLookups,
  openBetween,
  type Policy,
  type Reasoned,
  type SolveSurvey,
  shareOf,
  toBusinessCalendar,
} from '@deskwright/shared';
import { type CompiledTrigger, compileTrigger } from './compile-trigger.ts';
import { type CompiledCriteria, criteriaSteps } from './escalation.ts';
import { buildReplyFinders, type ReplyFinders } from './find-in-reply.ts';
import { buildPhraseFinder } from './rules/phrase-index.ts';
import { type RuleSet, ruleSetSteps } from './rules/rule-set.ts';
import { FILE } from './share.ts';
import { finish, type Steps } from './steps.ts';
import { type TimeThreshold, timeThresholds } from './time-conditions.ts';

/** What a category implies. */
interface Outcome {
  readonly tier: Reasoned<string>;
  /** The category's own survey, or the policy's default; null when that is `none`. */
  readonly survey: Reasoned<SolveSurvey | null>;
}

export interface CompiledPolicy {
  readonly policy: Policy;
  /** The policy's triggers, in the same order. */
  readonly triggers: readonly CompiledTrigger[];
  /** The category of a ticket when no trigger sets one. */
  readonly defaultCategory: Reasoned<string>;
  /** By category. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /**
   * Names of the fields that the conditions read (`subject`, `custom_field:123`, ...): facts that none of them reads
   * need not be fetched. The queue's order always needs when the ticket was created and since when its customer waits.
   */
  readonly asks: ReadonlySet<string>;
  /** The conditions of `policy.triggers`, in the same order. */
  readonly rules: RuleSet;
  /** What acts, if something is in shadow; null: everything acts. `decide` ignores it: see `decideByMode`. */
  readonly modes: CompiledModes | null;
  /** When the passing of time alone can change what `rules` decide; `criteria` are evaluated whenever a card is read. */
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
  /** By the name of the lookup: its finds in a text. */
  readonly lookups: ReadonlyMap<string, (text: string) => string[]>;
  /** What replies are checked for before they are sent. */
  readonly reply: ReplyFinders;
}

/**
 * Compiles a policy for `decide`. Takes milliseconds; do it once per policy and keep the result.
 * @throws Error when a condition has an unknown field or operator, or an expression that is not RE2; the policy loader refuses these.
 */
export const compilePolicy = (policy: Policy): CompiledPolicy => finish(policySteps(policy));

/** `compilePolicy` in steps: a policy of 9,000 triggers takes a second. */
export function* policySteps(policy: Policy): Steps<CompiledPolicy> {
  const conditions = policy.triggers.map((trigger) => trigger.conditions);
  const rules = yield* ruleSetSteps(conditions);
  const triggers = policy.triggers.map(compileTrigger);
  const modes = yield* modeSteps(policy, { triggers, rules });
  const criteria = yield* criteriaSteps(policy.escalation);
  const asks = new Set([...rules.asks, ...criteria.rules.asks]);
  const calendar = toBusinessCalendar(policy);
  return {
    policy,
    triggers,
    defaultCategory: { value: policy.default_category, reason: { by: 'default', key: 'default_category' } },
    outcomes: new Map(policy.categories.map((category) => [category.id, outcomeOf(category, policy.default_survey)])),
    asks,
    rules,
    modes,
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
    lookups: new Map(policy.lookups.map(({ name, pattern }) => [name, findLookups(pattern)])),
    reply: buildReplyFinders(policy),
  };
}

function outcomeOf({ id, tier, survey }: Policy['categories'][number], fallback: Policy['default_survey']): Outcome {
  const follows = { by: 'category', categoryId: id } as const;
  const fallenBack = fallback === 'none' ? null : fallback;
  return {
    tier: { value: tier, reason: follows },
    survey:
      survey === undefined
        ? { value: fallenBack, reason: { by: 'default', key: 'default_survey' } }
        : { value: survey, reason: follows },
  };
}

const DAY = 86_400_000;

/** Business milliseconds from one moment to a later one, both in epoch milliseconds; 0 when it is not later. */
type BusinessClock = (from: number, to: number) => number;

/**
 * Caches when each UTC day is open, because looking up a time zone's clock is slow, and a wait of a year covers 365 days. (Any boundary
 * works, since parts of business time add up.) Holds some numbers for each day it was ever asked about.
 */
export function buildBusinessClock(calendar: BusinessCalendar): BusinessClock {
  const days = new Map<number, { readonly open: ReturnType<typeof openBetween>; readonly total: number }>();
  const dayOf = (day: number) => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const open = openBetween(day * DAY, (day + 1) * DAY, calendar);
    const made = { open, total: open.reduce((sum, { from, to }) => sum + to - from, 0) };
    days.set(day, made);
    return made;
  };
  const partOf = (day: number, from: number, to: number): number =>
    dayOf(day).open.reduce((sum, open) => sum + Math.max(0, Math.min(open.to, to) - Math.max(open.from, from)), 0);
  return (from, to) => {
    if (to <= from) return 0;
    const first = Math.floor(from / DAY);
    const last = Math.floor(to / DAY);
    if (first === last) return partOf(first, from, to);
    let total = partOf(first, from, to) + partOf(last, from, to);
    for (let day = first + 1; day < last; day++) total += dayOf(day).total;
    return total;
  };
}

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
function* modeSteps(
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
