// Computes how much work follow-ups are, and how customers answer next with and without them.
import type { SurveyKind } from '@deskwright/shared';
import type { Change } from './changes.ts';
import { type Histogram, meanWithInterval, TOO_FEW_BELOW } from './intervals.ts';
import { changeOfSurvey, type Difference, differenceOf } from './survey-changes.ts';
import { type SurveyScore, scoreSurvey } from './survey-scores.ts';

/** Of a full-time week: the 40 hours of the ILO's Forty-Hour Week Convention (No. 47). */
const HOURS_A_WEEK = 40;
/**
 * The share of their time that people can handle contacts for long; above it they burn out, and each contact takes longer
 * (https://www.callcentrehelper.com/occupancy-not-exceed-85-157102.htm).
 */
const MOST_OCCUPIED = 0.85;

interface FollowUpLoad {
  readonly perWeek: number;
  /** Hours of work a week. */
  readonly hours: number;
  /** How many people that occupies fully, at most for 85 % of their time. */
  readonly people: number;
  /** More than one person can do. */
  readonly needsTeam: boolean;
}

/**
 * The offered load of queueing theory, arrivals times handling time, over what one person can take: `people = perWeek × minutes ÷ 60 ÷ (40 × 0.85)`.
 * @param weeks over which they were opened
 * @param minutes that one takes, call and notes together
 */
export function followUpLoad(opened: number, weeks: number, minutes: number): FollowUpLoad {
  const perWeek = opened / weeks;
  const hours = (perWeek * minutes) / 60;
  const people = hours / (HOURS_A_WEEK * MOST_OCCUPIED);
  return { perWeek, hours, people, needsTeam: people > 1 };
}

/** Customers whose answers are alike: the bad one, the next one, and whether somebody reached them in between. */
export interface NextAnswer {
  readonly contacted: boolean;
  readonly before: number;
  readonly score: number;
  readonly n: number;
}

interface Side {
  /** Of the next answers; `n` is how many customers there are. */
  readonly score: SurveyScore;
  /** The mean of their bad answers; null: there are none. */
  readonly meanBefore: number | null;
}

interface FollowUpEffect {
  readonly contacted: Side;
  readonly others: Side;
  /** How much higher those who were contacted score. Null: one side has nobody. */
  readonly difference: Difference | null;
  readonly change: Change;
  readonly tooFew: boolean;
}

/** Each customer counts once, so that the answers are independent. */
export function followUpEffect(survey: SurveyKind, answers: readonly NextAnswer[]): FollowUpEffect {
  const sideOf = (contacted: boolean) => {
    const own = answers.filter((one) => one.contacted === contacted);
    const next: Histogram = own.map(({ score, n }) => ({ value: score, n }));
    const before = meanWithInterval(own.map(({ before: value, n }) => ({ value, n })));
    return { next, side: { score: scoreSurvey(survey, next), meanBefore: before?.mean ?? null } };
  };
  const [contacted, others] = [sideOf(true), sideOf(false)];
  return {
    contacted: contacted.side,
    others: others.side,
    difference: differenceOf(survey, others.next, contacted.next),
    change: changeOfSurvey(survey, others.next, contacted.next),
    tooFew: Math.min(contacted.side.score.n, others.side.score.n) < TOO_FEW_BELOW,
  };
}
