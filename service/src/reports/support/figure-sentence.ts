// Writes one sentence about a figure, compared with its target and the period before.
import type { FigureId } from '@deskwright/shared';
import type { FigureValue, GoalStatus } from '@deskwright/shared/contract';
import type { ReportFigure } from '../engine/report.ts';
import { counted, writeDuration, writeShare, writeValue } from '../engine/words.ts';

/** What a figure is called, and what it counts. */
const NAMES: Readonly<Record<FigureId, readonly [name: string, counts: string]>> = {
  first_reply_time: ['First reply', 'reply'],
  next_reply_time: ['Later replies', 'reply'],
  requester_wait_time: ['Wait until solved', 'ticket'],
  first_resolution_time: ['First resolution', 'ticket'],
  full_resolution_time: ['Full resolution', 'ticket'],
  department_answer_time: ['Answers of departments', 'answer'],
  replies_within_target: ['Replies within their target', 'reply'],
  one_touch_rate: ['Solved with one reply', 'ticket'],
  reopen_rate: ['Reopened', 'ticket'],
  escalation_rate: ['Escalated', 'ticket'],
  hand_off_rate: ['Handed to a department', 'ticket'],
  bounce_rate: ['Went back and forth', 'ticket'],
  arrivals: ['Arrived', 'ticket'],
  solves: ['Solved', 'ticket'],
  waiting: ['Waiting', 'ticket'],
  oldest_wait: ['Longest wait', 'ticket'],
  open_tickets: ['Open', 'ticket'],
  overtake_rate: ['Answered before an older ticket', 'reply'],
  clock_flips: ['Put to pending without an answer', 'ticket'],
  automatic_rate: ['Categorised without a person', 'ticket'],
  override_rate: ['Category changed by a person', 'ticket'],
  in_shadow: ['Would be decided otherwise', 'ticket'],
  other_share: ['With the default category', 'ticket'],
  guidance_coverage: ['Covered by guidance', 'ticket'],
  steps_followed: ['Steps of the guidance done', 'ticket'],
  csat: ['Satisfied customers', 'answer'],
  csat_mean: ['Satisfaction, mean of 1 to 5', 'answer'],
  ces: ['Customers who found it easy', 'answer'],
  ces_mean: ['Ease, mean of 1 to 7', 'answer'],
  response_rate: ['Surveys answered', 'survey'],
  days_to_clear: ['Until the backlog is clear', 'ticket'],
};

export const figureName = (id: FigureId): string => NAMES[id][0];

interface Around {
  /** `the day before`, `the week before`. */
  readonly before: string;
  /** The goal for this figure, for all tickets. */
  readonly goal?: Pick<GoalStatus, 'is' | 'target' | 'unit'> | undefined;
}

/** `First reply: 52 min median, target 1 h; the week before 3 h 10 min. The change is real.` */
export function figureSentence(figure: FigureValue, around: Around): string {
  const name = figureName(figure.id);
  if (figure.value === null) return `${name}: nothing to count${beforeOf(figure, around.before)}.`;
  const parts = [
    `${writeValue(figure.value, figure.unit)}${figure.unit === 'duration' ? ' median' : ''}${basisOf(figure)}`,
    ...(around.goal ? [targetOf(around.goal)] : []),
    ...withinOf(figure),
  ];
  const verdict = verdictOf(figure);
  return `${name}: ${parts.join(', ')}${beforeOf(figure, around.before)}.${verdict === null ? '' : ` ${verdict}`}`;
}

export function reportFigure(figure: FigureValue, around: Around): ReportFigure {
  return { name: figureName(figure.id), sentence: figureSentence(figure, around), value: figure };
}

export const targetOf = ({ is, target, unit }: Pick<GoalStatus, 'is' | 'target' | 'unit'>): string =>
  `target ${is === 'at_least' ? 'at least ' : ''}${writeValue(target, unit)}`;

function basisOf({ id, unit, n, business, interval, isApproximate, fromZendesk }: FigureValue): string {
  if (unit === 'count' || unit === 'days') return '';
  const about = [
    ...(business ? [`${writeDuration(business.median)} in business hours`] : []),
    ...(interval ? [`95% interval ${interval.map((end) => writeValue(end, unit)).join(' to ')}`] : []),
    `of ${counted(n, NAMES[id][1], NAMES[id][1] === 'reply' ? 'replies' : undefined)}`,
    ...(isApproximate ? ['within 5%'] : []),
    ...(fromZendesk ? [`${fromZendesk} measured by Zendesk`] : []),
  ];
  return ` (${about.join('; ')})`;
}

const withinOf = ({ within }: FigureValue): string[] =>
  within && within.of > 0 ? [`${writeShare(within.share)} within target`] : [];

function beforeOf({ before, unit }: FigureValue, label: string): string {
  if (!before) return '';
  return `; ${label} ${before.value === null ? 'nothing' : writeValue(before.value, unit)}`;
}

/** Whether the change against the period before is more than chance; null: it is not known. */
function verdictOf({ tooFew, change, before }: FigureValue): string | null {
  if (tooFew) return 'Too few to judge.';
  if (before?.value === null) return null;
  switch (change) {
    case 'better':
    case 'worse':
      return 'The change is real.';
    case 'unclear':
      return 'Chance alone may explain the change.';
    case 'same':
      return 'No change.';
    case undefined:
      return null;
  }
}
