// Says from which measures each figure is made.
import { type FigureId, type FigureUnit, type MeasureId, TIMED, type TimedMeasure } from '@deskwright/shared';

export type Recipe =
  /** The spread of durations. */
  | { readonly kind: 'time'; readonly of: readonly [TimedMeasure] }
  /** How many of those with a target met it. */
  | { readonly kind: 'within'; readonly of: readonly TimedMeasure[] }
  /** How many of `of` there are for each of `per`, from 0 to 1 and above. */
  | { readonly kind: 'rate'; readonly of: readonly MeasureId[]; readonly per: readonly MeasureId[] }
  | { readonly kind: 'count'; readonly of: readonly [MeasureId] }
  /** The share of answers with one of the two best scores. */
  | { readonly kind: 'top_two'; readonly of: readonly ['csat' | 'ces']; readonly best: number }
  | { readonly kind: 'mean'; readonly of: readonly ['csat' | 'ces'] }
  /** The mean of percentages. */
  | { readonly kind: 'mean_share'; readonly of: readonly [MeasureId] }
  /** Of the moment: it has no period. */
  | { readonly kind: 'now' };

const time = (measure: TimedMeasure): Recipe => ({ kind: 'time', of: [measure] });
const rate = (of: MeasureId, ...per: MeasureId[]): Recipe => ({ kind: 'rate', of: [of], per });

export const RECIPES: Readonly<Record<FigureId, Recipe>> = {
  first_reply_time: time('first_reply'),
  next_reply_time: time('next_reply'),
  requester_wait_time: time('requester_wait'),
  first_resolution_time: time('first_resolution'),
  full_resolution_time: time('full_resolution'),
  department_answer_time: time('department_answer'),
  replies_within_target: { kind: 'within', of: ['first_reply', 'next_reply'] },
  one_touch_rate: rate('one_touch', 'full_resolution'),
  reopen_rate: rate('reopen', 'solve'),
  escalation_rate: rate('escalation', 'arrival'),
  hand_off_rate: rate('hand_off', 'arrival'),
  bounce_rate: rate('bounce', 'arrival'),
  arrivals: { kind: 'count', of: ['arrival'] },
  solves: { kind: 'count', of: ['solve'] },
  waiting: { kind: 'now' },
  oldest_wait: { kind: 'now' },
  open_tickets: { kind: 'now' },
  overtake_rate: rate('overtake', 'first_reply', 'next_reply'),
  clock_flips: { kind: 'count', of: ['clock_flip'] },
  automatic_rate: rate('automatic_category', 'arrival'),
  override_rate: rate('override', 'automatic_category'),
  other_share: rate('other', 'arrival'),
  guidance_coverage: rate('guided', 'arrival'),
  steps_followed: { kind: 'mean_share', of: ['steps_followed'] },
  csat: { kind: 'top_two', of: ['csat'], best: 5 },
  csat_mean: { kind: 'mean', of: ['csat'] },
  ces: { kind: 'top_two', of: ['ces'], best: 7 },
  ces_mean: { kind: 'mean', of: ['ces'] },
  response_rate: { kind: 'rate', of: ['csat', 'ces'], per: ['survey_asked'] },
  days_to_clear: { kind: 'now' },
};

export const measuresOf = (figure: FigureId): readonly MeasureId[] => {
  const recipe = RECIPES[figure];
  if (recipe.kind === 'now') return [];
  return recipe.kind === 'rate' ? [...recipe.of, ...recipe.per] : recipe.of;
};

export function unitOf(figure: FigureId): FigureUnit {
  switch (RECIPES[figure].kind) {
    case 'time':
      return 'duration';
    case 'count':
      return 'count';
    case 'mean':
      return 'score';
    case 'now':
      return figure === 'oldest_wait' ? 'duration' : figure === 'days_to_clear' ? 'days' : 'count';
    case 'within':
    case 'rate':
    case 'top_two':
    case 'mean_share':
      return 'share';
  }
}

export const isTimed = (measure: MeasureId): boolean => (TIMED as readonly MeasureId[]).includes(measure);
