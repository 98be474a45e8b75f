// Plans who is surveyed by a campaign, and when: evenly over the open hours of its period. Pure: the same people and settings give the same plan.
import { createHash } from 'node:crypto';
import { addDays, localDate, type Policy, SURVEY_KINDS, startOfDate } from '@deskwright/shared';
import { countUpTo } from '../answers/spans.ts';
import { type SendTimes, sendTimesBetween } from '../send-window.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import type { CancelReason } from '../why-not-send.ts';

export interface Candidate {
  readonly requesterId: number;
  /** Lower case; empty: there is none. */
  readonly email: string;
  /** IANA; null: unknown. */
  readonly timeZone: string | null;
  /** Known to be no reason to ask; null: none. */
  readonly reason: CancelReason | null;
  /** Not asked before then, and why; null: at any time. */
  readonly rest: { readonly until: Date; readonly reason: CancelReason } | null;
  /** When the campaign surveyed them last; null: never. */
  readonly lastTurn: Date | null;
  /** Since then the quota was too small for them in an earlier round. */
  readonly isLeftOver: boolean;
}

export interface PlannedAsk {
  readonly requesterId: number;
  readonly dueAt: Date;
  /** Why the person is not asked; null: they are. */
  readonly reason: CancelReason | null;
}

export interface CampaignTime {
  readonly survey: 'nps' | 'pulse';
  readonly policy: SurveyPolicy & Pick<Policy, 'time_zone'>;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Most mails on one day of the policy's calendar; null: no limit. */
  readonly perDay: number | null;
}

const DAY_MS = 86_400_000;

/**
 * Everybody in an order drawn by a hash of their id, which keeps each person's place from round to round, at equal distances of the time that is open on their own clock; an anonymous survey asks
 * everybody at the beginning. Those for whom the quota of an earlier round was too small come first; if it is too small again, whose turn was longest ago has it. Who must rest is asked later in the round, and left out if that is too late. A full day sends people to the next one with room in the round, or to the last before it. In order of `dueAt`.
 */
export function planCampaign(candidates: readonly Candidate[], time: CampaignTime): PlannedAsk[] {
  const { startsAt, endsAt, perDay } = time;
  const isFree = withoutSameAddress();
  const drawn = candidates.toSorted(byDraw(time.survey));
  const judged = drawn.map(
    (one): Candidate => ({ ...one, reason: one.reason ?? (isFree(one) ? null : 'same_address') }),
  );
  const hoursOf = openHoursByZone(time);
  const eligible = judged.filter(({ reason }) => reason === null);
  const room = perDay === null ? eligible.length : Math.min(eligible.length, perDay * hoursOf(null).days);
  const asked = new Set(eligible.toSorted(byTurn).slice(0, room));
  const inOrder = eligible.filter((one) => asked.has(one)).toSorted(leftOversFirst);

  // Answers that come one by one, days apart, would tell by their day whose they are.
  const atOnce = SURVEY_KINDS[time.survey].anonymousUnder !== null;
  const quota = dailyQuota(time);
  const due = inOrder.map((one, index) => ({
    one,
    at: hoursOf(one.timeZone).momentAt(atOnce ? 0 : (index + 0.5) / inOrder.length),
  }));
  const placed = due
    .map(({ one, at }) => ({ one, at: laterOf(at, one.rest?.until) }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ one, at }): PlannedAsk => {
      const { requesterId, rest, timeZone } = one;
      if (rest && hoursOf(timeZone).next(laterOf(startsAt, rest.until)) >= endsAt)
        return { requesterId, dueAt: endsAt, reason: rest.reason };
      const dueAt = findPlace(at, one);
      if (dueAt !== null) return { requesterId, dueAt, reason: null };
      // A round may be too short for an open hour of everybody.
      if (perDay === null) return { requesterId, dueAt: hoursOf(timeZone).next(at), reason: null };
      return { requesterId, dueAt: startsAt, reason: 'over_quota' };
    });
  const leftOut = judged.flatMap((one): PlannedAsk[] => {
    if (asked.has(one)) return [];
    return [{ requesterId: one.requesterId, dueAt: startsAt, reason: one.reason ?? 'over_quota' }];
  });
  return [...placed, ...leftOut].toSorted(
    (a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.requesterId - b.requesterId,
  );

  function findPlace(wanted: Date, { timeZone, rest }: Candidate): Date | null {
    const earliest = laterOf(startsAt, rest?.until);
    const hours = hoursOf(timeZone);
    // Back by half days, so that a day that closes early is met before it opens.
    for (const step of [DAY_MS, -DAY_MS / 2])
      for (let from = wanted; from >= earliest && from < endsAt; from = new Date(from.getTime() + step)) {
        const at = hours.next(from);
        if (at < endsAt && quota(at)) return at;
      }
    return null;
  }
}

function byDraw(survey: string): (a: Candidate, b: Candidate) => number {
  const draws = new Map<number, string>();
  const draw = ({ requesterId: id }: Candidate): string => {
    const known = draws.get(id) ?? createHash('sha256').update(`${survey}:${id}`).digest('hex');
    draws.set(id, known);
    return known;
  };
  return (a, b) => (draw(a) < draw(b) ? -1 : 1);
}

/** Sorting is stable: who is equal stays in the order of the draw. */
const leftOversFirst = (a: Candidate, b: Candidate): number => Number(b.isLeftOver) - Number(a.isLeftOver);

const byTurn = (a: Candidate, b: Candidate): number =>
  leftOversFirst(a, b) || (a.lastTurn?.getTime() ?? 0) - (b.lastTurn?.getTime() ?? 0);

/** Of several users with one address only the first is asked. */
function withoutSameAddress(): (one: Candidate) => boolean {
  const seen = new Set<string>();
  return ({ email, reason }) => {
    if (reason !== null || email === '') return true;
    if (seen.has(email)) return false;
    return seen.add(email) !== null;
  };
}

interface OpenHours extends Pick<SendTimes, 'next'> {
  /** Days of the policy's calendar with an open hour. */
  readonly days: number;
  /** The moment at which this share (0 to 1) of the open time is over. */
  readonly momentAt: (share: number) => Date;
}

function openHoursByZone({ policy, startsAt, endsAt }: CampaignTime): (timeZone: string | null) => OpenHours {
  const known = new Map<string | null, OpenHours>();
  return (timeZone) => {
    const found = known.get(timeZone);
    if (found) return found;
    const { stretches, next } = sendTimesBetween(startsAt, endsAt, policy, timeZone);
    const total = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
    const made: OpenHours = {
      next,
      days: new Set(stretches.map(({ from }) => localDate(from, policy.time_zone))).size,
      momentAt: (share) => {
        let left = share * total;
        for (const { from, to } of stretches) {
          if (left < to - from) return new Date(Math.floor(from + left));
          left -= to - from;
        }
        return endsAt;
      },
    };
    known.set(timeZone, made);
    return made;
  };
}

/** Takes a place on the day of a moment in the round. False: the day is full. */
function dailyQuota({ perDay, policy, startsAt, endsAt }: CampaignTime): (at: Date) => boolean {
  const days = endsOfDays(startsAt, endsAt, policy.time_zone);
  const taken = new Map<number, number>();
  return (at) => {
    if (perDay === null) return true;
    const day = countUpTo(days, at.getTime());
    const before = taken.get(day) ?? 0;
    if (before >= perDay) return false;
    taken.set(day, before + 1);
    return true;
  };
}

/** Of all days but the last: reading the date of each moment anew takes far longer than looking its day up. */
function endsOfDays(from: Date, to: Date, timeZone: string): { readonly to: number }[] {
  const ends: { readonly to: number }[] = [];
  const last = localDate(to.getTime(), timeZone);
  for (let day = localDate(from.getTime(), timeZone); day < last; ) {
    day = addDays(day, 1);
    const end = startOfDate(day, timeZone);
    if (end !== null) ends.push({ to: end });
  }
  return ends;
}

const laterOf = (at: Date, other: Date | undefined): Date => (other && other > at ? other : at);
