// Finds the facts about a solve in a ticket's history, for the conditions of surveys. Pure.
import type { SolveFacts, Solver } from '@deskwright/shared';
import type { HistoryEntry } from './history-entry.ts';
import type { Measure, ZendeskFigures } from './measure.ts';
import { measureTicket } from './measure-ticket.ts';
import type { MeasureContext } from './measuring.ts';

/** Zendesk's own time of a solve has whole seconds. */
const SECOND = 1_000;

/**
 * As of the solve. All null: the ticket has no history.
 * @param solvedAt of the ticket's last solve
 */
export function solveFactsOf(
  entries: readonly HistoryEntry[],
  fromZendesk: ZendeskFigures | null,
  context: MeasureContext,
  solvedAt: Date,
): Omit<SolveFacts, 'refunded' | 'category' | 'tier'> {
  const end = solvedAt.getTime() + SECOND;
  const { measures } = measureTicket(entries, fromZendesk, context);
  const before = measures.filter(({ at }) => at.getTime() <= end);
  const isKnown = entries.length > 0 || fromZendesk !== null;
  const has = (figure: Measure['figure']) => (isKnown ? before.some((one) => one.figure === figure) : null);
  const firstReply = before.find(({ figure }) => figure === 'first_reply');
  const wait = before.findLast(({ figure }) => figure === 'requester_wait');
  return {
    solvedBy: solverOf(entries, end),
    escalated: has('escalation'),
    reopened: has('reopen'),
    firstReplyMinutes: minutes(firstReply?.seconds),
    firstReplyBusinessMinutes: minutes(firstReply?.businessSeconds),
    requesterWaitMinutes: minutes(wait?.seconds),
    requesterWaitBusinessMinutes: minutes(wait?.businessSeconds),
  };
}

/** Rounded down, as Zendesk does. */
const minutes = (seconds: number | null | undefined): number | null =>
  seconds == null ? null : Math.floor(seconds / 60);

/** Who made the ticket solved last: of several entries about one moment, one that says who did it. */
function solverOf(entries: readonly HistoryEntry[], end: number): Solver | null {
  const solves = entries
    .filter(
      ({ kind, value, at }) => kind === 'status' && (value === 'solved' || value === 'closed') && at.getTime() <= end,
    )
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const last = solves.at(-1)?.at.getTime();
  if (last === undefined) return null;
  const actor = solves.findLast((one) => one.actor !== null && one.at.getTime() > last - 2 * SECOND)?.actor;
  if (actor == null) return null;
  return actor === 'agent' || actor === 'customer' ? actor : 'automation';
}
