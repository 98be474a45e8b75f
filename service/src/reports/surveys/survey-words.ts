// Writes scores of surveys, their intervals and their differences as people read them.
import type { Change } from '../../figures/changes.ts';
import type { SurveyScore } from '../../figures/survey-scores.ts';
import type { CustomerSurvey } from '../../surveys/index.ts';
import { counted, writeShare } from '../engine/words.ts';

export const NAMES: Readonly<Record<CustomerSurvey, string>> = { nps: 'NPS', csat: 'CSAT', ces: 'CES' };

/** What the share counts, with its lowest good score. */
export const GOOD: Readonly<Record<CustomerSurvey, string>> = {
  nps: 'promoters less detractors',
  csat: '4 or 5 of 5',
  ces: '5 to 7 of 7',
};

/** `+36`, `−12`, `0`; of shares `92%`. */
export const writeScore = (survey: CustomerSurvey, score: number): string =>
  survey === 'nps' ? signed(Math.round(score)) : writeShare(score);

const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0');

/** A difference between two scores, in points: `−12`, `+3`. */
export const writeDifference = (survey: CustomerSurvey, difference: number): string =>
  signed(Math.round(survey === 'nps' ? difference : difference * 100));

/** In points: `48 points`. */
export const writePoints = (survey: CustomerSurvey, difference: number): string =>
  counted(Math.round(Math.abs(survey === 'nps' ? difference : difference * 100)), 'point');

/** `+20 (95% interval +3 to +37; of 100 answers)` */
export function writeWhole(survey: CustomerSurvey, { score, interval, n }: SurveyScore): string {
  if (score === null) return 'no answers';
  return `${writeScore(survey, score)} (${interval ? `95% interval ${writeInterval(survey, interval)}; ` : ''}of ${counted(n, 'answer')})`;
}

export const writeInterval = (survey: CustomerSurvey, interval: readonly [number, number] | null): string =>
  interval === null ? '' : interval.map((end) => writeScore(survey, end)).join(' to ');

/** Whether a difference to the period before is real. */
export function verdictOnChange(change: Change, isEnough: boolean): string {
  if (!isEnough) return 'Too few answers to judge the change.';
  if (change === 'same') return 'No change.';
  return change === 'unclear' ? 'Chance alone may explain the change.' : 'The change is real.';
}

/** Whether a group differs from all others. */
export function verdictOnGroup(change: Change, tooFew: boolean): string {
  if (tooFew) return 'too few to judge';
  return { up: 'really higher', down: 'really lower', same: 'no difference', unclear: 'may be chance' }[change];
}
