// Computes how much work follow-ups are, and whether they need a team of their own.

/** Of a full-time week: the 40 hours of the ILO's Forty-Hour Week Convention (No. 47). */
const HOURS_A_WEEK = 40;
/**
 * The share of their time that people can handle contacts for long; above it they burn out, and each contact takes longer
 * (https://www.callcentrehelper.com/occupancy-not-exceed-85-157102.htm).
 */
const MOST_OCCUPIED = 0.85;

export interface FollowUpLoad {
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
