// Names what is measured of tickets, and the figures made from it.

/** What one ticket adds to the figures: a row each. */
export const MEASURES = [
  /** A ticket arrived; of the tier and group where it was first placed. `detail`: `agent` if one opened it for a customer. */
  'arrival',
  /** Timed: from the arrival to the first public reply of an agent. `met`: its target. */
  'first_reply',
  /** Timed: each later reply to a customer who waits, from their oldest unanswered message. `met`: its target. */
  'next_reply',
  /** The ticket was solved, each time. `detail`: `automation` if no person did it. */
  'solve',
  /** Timed, once a ticket: from the arrival to the first solve; and to the last one, while it is solved. */
  'first_resolution',
  'full_resolution',
  /** Timed, at the last solve: how long the ticket was new, open or on hold. */
  'requester_wait',
  /** At the last solve: it took one public reply or none. `detail`: the number of replies. */
  'one_touch',
  /** A solved ticket was opened again; counted for who had solved it. */
  'reopen',
  /** A ticket that was not solved was merged into another: it is open no more. */
  'merge',
  /** A ticket came to a tier, each time. */
  'tier_entry',
  /** It moved to a tier further up; counted for the tier that it left. `detail`: the tier that it moved to. */
  'escalation',
  /** It moved to a department; counted for the tier that it left. `detail`: the department. */
  'hand_off',
  /** Timed: a department's answer, in its own hours. `met`: its `answers_within`. `detail`: the department. */
  'department_answer',
  /** It went back to a tier or department that it had left. `detail`: its moves by then, as the sidebar counts them. */
  'bounce',
  /** A reply to a newer ticket while an older one of the same queue waited. `score`: how many it passed. */
  'overtake',
  /** Set to pending by an agent while the customer waited for an answer: it stops Zendesk's clocks. */
  'clock_flip',
  /** The ticket got a category; at the arrival. `met`: the one it has is what a trigger gave it. `detail`: the trigger, or `none`; null: people alone. */
  'automatic_category',
  /** A person changed the category that the policy had set, and it stayed changed. `detail`: the trigger that was overruled, or `none`. */
  'override',
  /** The ticket has the default category. At the arrival. */
  'other',
  /** Its category has guidance. At the arrival. */
  'guided',
  /** At the last solve, of tickets whose category has guidance with steps: `score` the share of steps that were done, in percent. */
  'steps_followed',
  /** `met`: it was answered. `detail`: the survey. Counted, like answers, for who was responsible at the solve. */
  'survey_asked',
  /** At the first answer; `score` the latest one: 1 to 5, and 1 to 7. */
  'csat',
  'ces',
] as const;
export type MeasureId = (typeof MEASURES)[number];

/** Measures with a duration. */
export const TIMED = [
  'first_reply',
  'next_reply',
  'first_resolution',
  'full_resolution',
  'requester_wait',
  'department_answer',
] as const satisfies readonly MeasureId[];
export type TimedMeasure = (typeof TIMED)[number];

/** How a figure is written. `duration`: seconds; `share`: from 0 to 1; `score`: a mean of answers; `days`: calendar days. */
export type FigureUnit = 'duration' | 'share' | 'count' | 'score' | 'days';

/** The figures that people see, with their units; each is defined in `FIGURES`. */
export const FIGURE_UNITS = {
  first_reply_time: 'duration',
  next_reply_time: 'duration',
  requester_wait_time: 'duration',
  first_resolution_time: 'duration',
  full_resolution_time: 'duration',
  department_answer_time: 'duration',
  replies_within_target: 'share',
  one_touch_rate: 'share',
  reopen_rate: 'share',
  escalation_rate: 'share',
  hand_off_rate: 'share',
  bounce_rate: 'share',
  arrivals: 'count',
  solves: 'count',
  waiting: 'count',
  oldest_wait: 'duration',
  open_tickets: 'count',
  overtake_rate: 'share',
  clock_flips: 'count',
  automatic_rate: 'share',
  override_rate: 'share',
  in_shadow: 'count',
  other_share: 'share',
  guidance_coverage: 'share',
  steps_followed: 'share',
  csat: 'share',
  csat_mean: 'score',
  ces: 'share',
  ces_mean: 'score',
  response_rate: 'share',
  days_to_clear: 'days',
} as const satisfies Readonly<Record<string, FigureUnit>>;
export type FigureId = keyof typeof FIGURE_UNITS;

export const FIGURE_IDS = Object.keys(FIGURE_UNITS) as [FigureId, ...FigureId[]];
