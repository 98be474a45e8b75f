// Adds what Zendesk measured of a ticket before the installation.
import type { MeasureId } from '@deskwright/shared';
import { targetFor } from '../decide/limits.ts';
import type { KnownSince, Measure, ZendeskFigures } from './measure.ts';
import { isWithin, type Measuring } from './measuring.ts';
import type { Timeline } from './timeline.ts';

interface Seen {
  readonly timeline: Timeline;
  /** The ticket's present category. */
  readonly category: string | null;
  readonly measuring: Measuring;
}

const MINUTE = 60_000;

/**
 * The measures with those of Zendesk. What the history has seen itself counts; Zendesk's count for what happened before the history begins,
 * to the minute. Of solves and reopenings Zendesk tells how many there were, and when the first and the last solve was: those between are
 * counted at the last one.
 */
export function withZendesk(measures: readonly Measure[], zendesk: ZendeskFigures, seen: Seen): Measure[] {
  if (isSeenFromStart(seen.timeline)) return [...measures];
  const seenFrom = firstSeen(seen.timeline);
  const solvedLater = measures.findLast(({ figure, at }) => figure === 'solve' && at.getTime() >= seenFrom);
  const isSameSolve = solvedLater !== undefined && isWithinMinute(zendesk.solvedAt, solvedLater.at);
  const theirs = zendeskMeasures(zendesk, seen).filter(({ figure, at }) =>
    OF_WHOLE_LIFE.has(figure)
      ? solvedLater === undefined || isSameSolve
      : at.getTime() < seenFrom && !(figure === 'full_resolution' && solvedLater !== undefined),
  );
  const hasTheirs = (figure: MeasureId): boolean => theirs.some((measure) => measure.figure === figure);
  const ours = measures.filter(({ figure }) => !OF_WHOLE_LIFE.has(figure) && !(ONCE.has(figure) && hasTheirs(figure)));
  return [...ours, ...theirs];
}

/** What Zendesk's metric sets tell. */
export const TOLD_BY_ZENDESK: ReadonlySet<MeasureId> = new Set([
  'arrival',
  'first_reply',
  'first_resolution',
  'full_resolution',
  'solve',
  'reopen',
  'requester_wait',
  'one_touch',
]);

/** Without those of days of which only some tickets are known. Of days before the installation all count as Zendesk's. */
export function onlyKnown(measures: readonly Measure[], { seen, told }: KnownSince): Measure[] {
  return measures.flatMap((measure) => {
    if (measure.at >= seen) return [measure];
    return measure.at >= told && TOLD_BY_ZENDESK.has(measure.figure) ? [{ ...measure, fromZendesk: true }] : [];
  });
}

const ONCE: ReadonlySet<MeasureId> = new Set(['arrival', 'first_reply', 'first_resolution']);
/** A history that begins later cannot tell these. */
const OF_WHOLE_LIFE: ReadonlySet<MeasureId> = new Set(['requester_wait', 'one_touch']);

const isWithinMinute = (a: Date | null, b: Date): boolean =>
  a !== null && Math.abs(a.getTime() - b.getTime()) <= MINUTE;

/** Whether the first reply came before the history begins. */
export function isAnsweredBefore({ createdAt, firstReply }: ZendeskFigures, timeline: Timeline): boolean {
  if (firstReply === null || isSeenFromStart(timeline)) return false;
  return createdAt.getTime() + firstReply * MINUTE < firstSeen(timeline);
}

/** The history has the ticket's first message, so it has all that followed. */
function isSeenFromStart({ steps, created }: Timeline): boolean {
  if (created === null) return false;
  return steps.some(({ entry, at }) => entry.kind === 'comment' && Math.abs(at - created.at.getTime()) <= MINUTE);
}

function firstSeen({ steps }: Timeline): number {
  return steps.find(({ entry }) => entry.kind !== 'created')?.at ?? Number.POSITIVE_INFINITY;
}

function zendeskMeasures(zendesk: ZendeskFigures, { category, measuring }: Seen): Measure[] {
  const { createdAt, solvedAt, channel, tier, groupId, assigneeId, replies, reopens } = zendesk;
  const created = createdAt.getTime();
  const make = (figure: MeasureId, at: number, parts: Partial<Measure> = {}): Measure => ({
    figure,
    at: new Date(at),
    seconds: null,
    businessSeconds: null,
    score: null,
    met: null,
    category,
    tier,
    groupId,
    agentId: assigneeId,
    channel,
    detail: null,
    fromZendesk: true,
    ...parts,
  });
  const timed = (minutes: number, business: number | null): Partial<Measure> => ({
    seconds: minutes * 60,
    businessSeconds: business === null ? null : business * 60,
  });
  const made = [make('arrival', created, { agentId: null })];
  if (zendesk.firstReply !== null) {
    const asked = { tier, priority: null, via: channel, answered: false };
    const target = targetFor(measuring.policy.targets, asked);
    const at = created + zendesk.firstReply * MINUTE;
    const met = target === null ? null : isWithin(created, at, target.within, measuring);
    made.push(make('first_reply', at, { ...timed(zendesk.firstReply, zendesk.firstReplyBusiness), met }));
  }
  const { firstResolution } = zendesk;
  if (firstResolution === null) return made;
  const first = created + firstResolution * MINUTE;
  const last = solvedAt?.getTime() ?? first;
  made.push(
    make('first_resolution', first, timed(firstResolution, zendesk.firstResolutionBusiness)),
    make('solve', first),
  );
  for (let count = 0; count < reopens; count++) made.push(make('reopen', last));
  if (solvedAt === null) return made;
  for (let count = 0; count < reopens; count++) made.push(make('solve', last));
  if (zendesk.fullResolution !== null)
    made.push(make('full_resolution', last, timed(zendesk.fullResolution, zendesk.fullResolutionBusiness)));
  if (zendesk.requesterWait !== null)
    made.push(make('requester_wait', last, timed(zendesk.requesterWait, zendesk.requesterWaitBusiness)));
  if (replies < 2) made.push(make('one_touch', last, { detail: String(replies) }));
  return made;
}
