// Invents what happened to a ticket of the backlog before the start.
import { between, type Random } from '../random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Moments in epoch milliseconds. */
export interface TicketStory {
  createdAt: number;
  answer: { at: number; status: 'open' | 'pending' | 'hold' | 'solved' } | null;
  noteAt: number | null;
  chasedAt: readonly number[];
}

/** A waiting ticket of the last six days: most never answered, some chased, some answered and waiting for the customer. */
export function drawOpenStory(random: Random, now: number): TicketStory {
  const createdAt = now - 3 * MINUTE - Math.floor(random() * (6 * DAY - 5 * MINUTE));
  const later = (least: number) =>
    createdAt + least + Math.floor(random() * Math.max(0, now - createdAt - least - MINUTE));
  const age = now - createdAt;
  const chance = random();
  const answered = age > 4 * HOUR && chance < 0.22;
  const status = chance < 0.1 ? 'pending' : chance < 0.205 ? 'open' : 'hold';
  const answer = answered ? ({ at: later(HOUR), status } as const) : null;
  const chases = answer === null && age > 12 * HOUR && random() < 0.18 ? between(random, 1, 3) : 0;
  return {
    createdAt,
    answer,
    noteAt: answer !== null && random() < 0.3 ? answer.at + MINUTE : null,
    chasedAt: Array.from({ length: chases }, () => later(6 * HOUR)).toSorted((a, b) => a - b),
  };
}

/** A ticket solved within the last week. */
export function drawSolvedStory(random: Random, now: number): TicketStory {
  const solvedAt = now - HOUR - Math.floor(random() * 6.5 * DAY);
  const createdAt = solvedAt - between(random, 2, 40) * HOUR;
  return { createdAt, answer: { at: solvedAt, status: 'solved' }, noteAt: null, chasedAt: [] };
}
