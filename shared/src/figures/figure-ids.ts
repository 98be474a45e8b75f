// Names what is measured of tickets, and the figures made from it.

/** What one ticket adds to the figures: a row each. */
export const MEASURES = [
  /** A ticket arrived. `detail`: `agent` if one opened it for a customer. */
  'arrival',
  /** Timed: from the arrival to the first public reply of an agent. `met`: its target. */
  'first_reply',
  /** Timed: each later reply, from the customer's oldest unanswered message. `met`: its target. */
  'next_reply',
  /** The ticket was solved, each time. `detail`: `automation` if no person did it. */
  'solve',
  /** Timed, once a ticket: from the arrival to the first solve, and to the last one. */
  'first_resolution',
  'full_resolution',
  /** Timed, at the last solve: how long the customer waited for us, in new, open and on-hold. */
  'requester_wait',
  /** At the last solve: solved with one public reply or none. `detail`: the number of replies. */
  'one_touch',
  'reopen',
  'escalation',
  /** `detail`: the department. */
  'hand_off',
  /** Timed: a department's answer, in its own hours. `met`: its `answers_within`. `detail`: the department. */
  'department_answer',
  /** It went back to a tier or department that it had left. `detail`: how often by then. */
  'bounce',
  /** A newer ticket answered before an older one of the same queue. `score`: how many it passed. */
  'overtake',
  /** Pending, right after the customer wrote, without an answer: it stops Zendesk's clocks. */
  'clock_flip',
  /** The category was set without a person. At the arrival; `detail`: the trigger, or `none`. */
  'automatic_category',
  /** A person changed the category that the policy had set. `detail`: the trigger that was overruled. */
  'override',
  /** The ticket has the default category. */
  'other',
  /** Its category has guidance. */
  'guided',
  /** At the solve, of guided tickets: `score` the share of steps that were done, in percent. */
  'steps_followed',
  /** `detail`: the survey. */
  'survey_asked',
  /** `score` 1 to 5, and 1 to 7. */
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

/** The figures that people see; each is defined in `FIGURES`. */
export const FIGURE_IDS = [
  'first_reply_time',
  'next_reply_time',
  'requester_wait_time',
  'first_resolution_time',
  'full_resolution_time',
  'department_answer_time',
  'replies_within_target',
  'one_touch_rate',
  'reopen_rate',
  'escalation_rate',
  'hand_off_rate',
  'bounce_rate',
  'arrivals',
  'solves',
  'waiting',
  'oldest_wait',
  'open_tickets',
  'overtake_rate',
  'clock_flips',
  'automatic_rate',
  'override_rate',
  'other_share',
  'guidance_coverage',
  'steps_followed',
  'csat',
  'csat_mean',
  'ces',
  'ces_mean',
  'response_rate',
  'days_to_clear',
] as const;
export type FigureId = (typeof FIGURE_IDS)[number];

/** How a figure is written. `duration`: seconds; `share`: from 0 to 1; `score`: a mean of answers; `days`: calendar days. */
export type FigureUnit = 'duration' | 'share' | 'count' | 'score' | 'days';
