// Plans who is surveyed by a campaign, and when: evenly over the open hours of its period. Pure: the same people and settings give the same plan.
import { createHash } from 'node:crypto';
import { localDate, openBetween, type Policy, SURVEY_KINDS, toBusinessCalendar } from '@deskwright/shared';
import { nextSendTime } from '../send-window.ts';
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
  /** From 1. With a quota too small for all, each round begins with those left out of the one before. */
  readonly round: number;
}

const DAY_MS = 86_400_000;

/**
 * Everybody in an order drawn by a hash of their id, which keeps each person's place from round to round, at equal distances of open time; an anonymous survey asks
 * everybody at the beginning. Who must rest is asked later in the round, and left out if that is too late. In order of `dueAt`.
 */
export function planCampaign(candidates: readonly Candidate[], time: CampaignTime): PlannedAsk[] {
  const { startsAt, endsAt, perDay, round } = time;
  const isFree = withoutSameAddress();
  const drawn = candidates.toSorted(byDraw(time.survey));
  const judged = drawn.map(
    (one): Candidate => ({ ...one, reason: one.reason ?? (isFree(one) ? null : 'same_address') }),
  );
  const open = openHours(time);
  const eligible = judged.filter(({ reason }) => reason === null);
  const room = perDay === null ? eligible.length : Math.min(eligible.length, perDay * open.days);
  const first = eligible.length === 0 ? 0 : ((round - 1) * room) % eligible.length;
  const asked = new Set(Array.from({ length: room }, (_, i) => eligible[(first + i) % eligible.length]));
  const inOrder = eligible.filter((one) => asked.has(one));

  // Answers that come one by one, days apart, would tell by their day whose they are.
  const atOnce = SURVEY_KINDS[time.survey].anonymousUnder !== null;
  const quota = dailyQuota(perDay, time.policy.time_zone);
  const due = inOrder.map((one, index) => ({ one, at: open.momentAt(atOnce ? 0 : (index + 0.5) / inOrder.length) }));
  const placed = due
    .map(({ one, at }) => ({ one, at: laterOf(at, one.rest?.until) }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ one, at }): PlannedAsk => {
      const tooLate = one.rest !== null && at >= endsAt;
      if (tooLate) return { requesterId: one.requesterId, dueAt: endsAt, reason: one.rest?.reason ?? null };
      let dueAt = nextSendTime(at, time.policy, one.timeZone);
      while (!quota(dueAt)) dueAt = nextSendTime(new Date(dueAt.getTime() + DAY_MS), time.policy, one.timeZone);
      return { requesterId: one.requesterId, dueAt, reason: null };
    });
  const leftOut = judged.flatMap((one): PlannedAsk[] => {
    if (asked.has(one)) return [];
    return [{ requesterId: one.requesterId, dueAt: startsAt, reason: one.reason ?? 'over_quota' }];
  });
  return [...placed, ...leftOut].toSorted(
    (a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.requesterId - b.requesterId,
  );
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

/** Of several users with one address only the first is asked. */
function withoutSameAddress(): (one: Candidate) => boolean {
  const seen = new Set<string>();
  return ({ email, reason }) => {
    if (reason !== null || email === '') return true;
    if (seen.has(email)) return false;
    return seen.add(email) !== null;
  };
}

interface OpenHours {
  /** Days of the policy's calendar with an open hour. */
  readonly days: number;
  /** The moment at which this share (0 to 1) of the open time is over. */
  readonly momentAt: (share: number) => Date;
}

function openHours({ policy, startsAt, endsAt }: CampaignTime): OpenHours {
  const weekdays = policy.surveys.send_window ?? { 'mon-sun': '00:00-24:00' };
  const calendar = toBusinessCalendar({ time_zone: policy.time_zone, business_hours: { weekdays, holidays: [] } });
  const stretches = openBetween(startsAt.getTime(), endsAt.getTime(), calendar);
  const total = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    days: new Set(stretches.map(({ from }) => localDate(from, policy.time_zone))).size,
    momentAt: (share) => {
      let left = share * total;
      for (const { from, to } of stretches) {
        if (left < to - from) return new Date(Math.round(from + left));
        left -= to - from;
      }
      return endsAt;
    },
  };
}

/** Takes a place on the day of a moment. False: the day is full. */
function dailyQuota(perDay: number | null, timeZone: string): (at: Date) => boolean {
  const taken = new Map<string, number>();
  return (at) => {
    if (perDay === null) return true;
    const day = localDate(at.getTime(), timeZone);
    const before = taken.get(day) ?? 0;
    if (before >= perDay) return false;
    taken.set(day, before + 1);
    return true;
  };
}

const laterOf = (at: Date, other: Date | undefined): Date => (other && other > at ? other : at);
