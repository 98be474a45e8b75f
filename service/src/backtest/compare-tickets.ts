// Decides past tickets under two policies and counts the differences.
import { localDate, type Policy } from '@deskwright/shared';
import { compilePair } from '../decide/compile-pair.ts';
import { categoryByLabel, type PastTicket, type UnreadableRecord } from '../past-tickets/index.ts';
import { type Cause, causeFinder, keyOf } from './find-cause.ts';
import { differences, outcomeReader, type Part } from './outcome.ts';
import { addPair, countCause, emptyTally, MOST_PROBLEMS, type Tally } from './tally.ts';

/** Plain data, which can be sent to a thread. */
export interface Comparison {
  /** The policy in force. */
  readonly before: Policy;
  /** The candidate. */
  readonly after: Policy;
  /** Epoch milliseconds; null: all. Tickets whose time is not known are always compared. */
  readonly since: number | null;
  /** How many tickets are kept of each cause. */
  readonly samples: number;
  /** Whether samples keep the subject, which is the customer's words. */
  readonly words: boolean;
}

export type CompareTickets = (tickets: Iterable<PastTicket | UnreadableRecord>) => Tally;

/** Compiles both policies, which takes milliseconds. The same tickets always give the same tally. */
export function buildComparison({ before, after, since, samples, words }: Comparison): CompareTickets {
  const decideBoth = compilePair(before, after);
  const [readOld, readNow] = [outcomeReader(before), outcomeReader(after)];
  const findCause = causeFinder(before, after);
  const dayOf = buildDays(after.time_zone);
  const categoryOf = categoryByLabel(after);

  function compare(tally: Tally, ticket: PastTicket): void {
    const { facts, label } = ticket;
    const [was, is] = decideBoth(facts);
    const from = { decision: was, outcome: readOld(was) };
    const to = { decision: is, outcome: readNow(is) };
    tally.tickets++;
    const day = facts.createdAt > 0 ? dayOf(facts.createdAt) : '';
    if (facts.createdAt > 0) {
      tally.oldest = Math.min(tally.oldest ?? facts.createdAt, facts.createdAt);
      tally.newest = Math.max(tally.newest ?? facts.createdAt, facts.createdAt);
    }
    countBoth(tally.load, `${day}\t${from.outcome.tier}`, `${day}\t${to.outcome.tier}`);
    countBoth(tally.categories, from.outcome.category, to.outcome.category);
    countBoth(tally.deciders, from.outcome.decidedBy ?? '', to.outcome.decidedBy ?? '');
    if (label !== null) countLabel(tally, label, from.outcome.category, to.outcome.category);
    const parts = differences(from.outcome, to.outcome);
    if (parts.length === 0) return;
    tally.changed++;
    const causes = new Map<string, { cause: Cause; parts: Part[] }>();
    for (const part of parts) {
      tally.parts.set(part, (tally.parts.get(part) ?? 0) + 1);
      const move = [part, shown(from.outcome[part]), shown(to.outcome[part])].join('\t');
      tally.moves.set(move, (tally.moves.get(move) ?? 0) + 1);
      for (const cause of findCause(part, from, to)) {
        const key = keyOf(cause);
        const known = causes.get(key) ?? { cause, parts: [] };
        causes.set(key, known);
        if (!known.parts.includes(part)) known.parts.push(part);
      }
    }
    const rank = rankOf(ticket);
    const { id, row } = ticket;
    const subject = words ? facts.subject : null;
    const sample = () => ({ id, row, rank, subject, parts, before: from.outcome, after: to.outcome });
    for (const one of causes.values()) countCause(tally, one.cause, { parts: one.parts, rank, row, sample }, samples);
  }

  function countLabel(tally: Tally, label: string, was: string, is: string): void {
    const category = categoryOf(label);
    if (category === undefined) {
      tally.unknownLabels.set(label, (tally.unknownLabels.get(label) ?? 0) + 1);
      return;
    }
    tally.labelled++;
    countBoth(tally.confusion, `${category}\t${was}`, `${category}\t${is}`);
  }

  return (tickets) => {
    const tally = emptyTally();
    for (const ticket of tickets) {
      if ('problem' in ticket) {
        tally.unreadable++;
        if (tally.problems.length < MOST_PROBLEMS) tally.problems.push(ticket);
      } else if (since === null || ticket.facts.createdAt === 0 || ticket.facts.createdAt >= since)
        compare(tally, ticket);
    }
    return tally;
  };
}

function countBoth(pairs: Tally['load'], before: string, after: string): void {
  if (before === after) addPair(pairs, before, 1, 1);
  else {
    addPair(pairs, before, 1, 0);
    addPair(pairs, after, 0, 1);
  }
}

const shown = (value: string | readonly string[] | null): string =>
  value === null ? '' : typeof value === 'string' ? value : value.join(', ');

/** No two time zones differ by less. */
const QUARTER = 15 * 60_000;

/** The local date of a moment, remembered because looking up a time zone is slow. */
function buildDays(timeZone: string): (at: number) => string {
  const days = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    const known = days.get(quarter);
    if (known !== undefined) return known;
    const day = localDate(quarter * QUARTER, timeZone);
    days.set(quarter, day);
    return day;
  };
}

/** Spreads samples over all tickets, and gives the same ones each time (FNV-1a). */
function rankOf({ id, row }: PastTicket): number {
  const text = String(id ?? `row ${row}`);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
