// Measures one ticket: what its history adds to the figures.
import type { MeasureId } from '@deskwright/shared';
import { targetFor } from '../decide/limits.ts';
import { type Conversation, type Reply, readConversation } from './conversation.ts';
import type { HistoryEntry } from './history-entry.ts';
import type { Measure, TicketMeasures, ZendeskFigures } from './measure.ts';
import { isWithin, type MeasureContext, type Measuring, measuringOf } from './measuring.ts';
import { type Move, readMoves } from './moves.ts';
import {
  NO_TRIGGER,
  type Resolution,
  readCategory,
  readResolution,
  readSurveys,
  type Solve,
  stretchesWaiting,
} from './outcomes.ts';
import { isFinished, replay, type Standing, type Timeline } from './timeline.ts';
import { isAnsweredBefore, onlyKnown, withZendesk } from './zendesk-measures.ts';

/** The parts of a measure that differ from an empty one. Times in epoch milliseconds. */
type Parts = Partial<Omit<Measure, 'at' | 'figure' | 'category' | 'channel' | 'fromZendesk'>>;
type Add = (figure: MeasureId, at: number, parts: Parts) => void;

/**
 * Measures one ticket from its whole history, in any order, with doubles; see `MEASURES` for each. A deleted ticket and spam count in
 * nothing. A merged ticket counts until its merge: it arrived and was answered, but the merge solved nothing.
 * @param fromZendesk what Zendesk measured of it before the installation; what the history has seen itself counts instead
 */
export function measureTicket(
  entries: readonly HistoryEntry[],
  fromZendesk: ZendeskFigures | null,
  context: MeasureContext,
): TicketMeasures {
  const measuring = measuringOf(context.policy);
  const timeline = replay([...entries, ...createdAs(fromZendesk)], context.now);
  if (timeline.isGone) return { measures: [], waits: [] };
  const measures: Measure[] = [];
  const channel = timeline.channel ?? fromZendesk?.channel ?? null;
  const category = timeline.last.category ?? fromZendesk?.category ?? null;
  const add: Add = (figure, at, parts) => {
    measures.push({ ...EMPTY, ...parts, figure, at: new Date(at), category, channel });
  };
  const conversation = readConversation(timeline);
  const resolution = readResolution(timeline);
  addArrival(add, timeline, conversation, measuring);
  const answeredBefore = fromZendesk !== null && isAnsweredBefore(fromZendesk, timeline);
  addReplies(add, timeline, conversation, { channel, answeredBefore, measuring });
  addResolution(add, timeline, conversation, resolution, measuring);
  addSteps(add, timeline, resolution.solves.at(-1), context);
  addMoves(add, timeline, readMoves(timeline, context), measuring);
  addSurveys(add, timeline, resolution);
  const all = fromZendesk === null ? measures : withZendesk(measures, fromZendesk, { timeline, category, measuring });
  const known = context.known ? onlyKnown(all, context.known) : all;
  return { measures: known.toSorted((a, b) => a.at.getTime() - b.at.getTime()), waits: conversation.waits };
}

/** The ticket's arrival, for a history that begins later. */
function createdAs(zendesk: ZendeskFigures | null): HistoryEntry[] {
  if (zendesk === null) return [];
  const { createdAt: at, channel: value, groupId, assigneeId } = zendesk;
  const nobody = { ref: null, actor: null, actorId: null, public: null, rule: null };
  return [{ ticketId: 0, at, kind: 'created', value, groupId, assigneeId, ...nobody }];
}

const EMPTY = {
  seconds: null,
  businessSeconds: null,
  score: null,
  met: null,
  tier: null,
  groupId: null,
  agentId: null,
  detail: null,
  fromZendesk: false,
} as const;

const of = ({ tier, groupId }: Standing): Parts => ({ tier, groupId });
const ofSolve = ({ standing, groupId, agentId }: Solve): Parts => ({ tier: standing.tier, groupId, agentId });

type Clock = Pick<Measuring, 'businessMs'>;

function elapsed(from: number, to: number, { businessMs }: Clock): Parts {
  const end = Math.max(from, to);
  return inSeconds(end - from, businessMs(from, end));
}

const inSeconds = (ms: number, businessMs: number): Parts => ({
  seconds: Math.round(ms / 1000),
  businessSeconds: Math.round(businessMs / 1000),
});

/** Where the ticket was first placed: a new ticket gets its tier and group moments after it arrived. */
function firstPlaced({ steps }: Timeline): Parts {
  return {
    tier: steps.find(({ after }) => after.tier !== null)?.after.tier ?? null,
    groupId: steps.find(({ after }) => after.groupId !== null)?.after.groupId ?? null,
  };
}

function addArrival(add: Add, timeline: Timeline, { openedByAgent }: Conversation, measuring: Measuring): void {
  const placed = firstPlaced(timeline);
  const createdAt = timeline.created?.at.getTime();
  if (createdAt !== undefined) add('arrival', createdAt, { ...placed, detail: openedByAgent ? 'agent' : null });
  const categorised = readCategory(timeline);
  const at = createdAt ?? timeline.steps.find(({ entry }) => entry.kind === 'category')?.at;
  if (categorised === null || at === undefined) return;
  const { by, isAutomatic, override } = categorised;
  add('automatic_category', at, { ...placed, met: isAutomatic, detail: by });
  if (override !== null)
    add('override', override.at.getTime(), { ...placed, agentId: override.actorId, detail: by ?? NO_TRIGGER });
  if (timeline.last.category === measuring.policy.default_category) add('other', at, placed);
  if (measuring.guided.has(timeline.last.category ?? '')) add('guided', at, placed);
}

function addReplies(
  add: Add,
  { created }: Timeline,
  { replies, flips, openedByAgent }: Conversation,
  { channel, answeredBefore, measuring }: { channel: string | null; answeredBefore: boolean; measuring: Measuring },
): void {
  const metBy = ({ at, since, standing }: Reply, answered: boolean): boolean | null => {
    if (since === null) return null;
    const { tier, priority } = standing;
    const target = targetFor(measuring.policy.targets, { tier, priority, via: channel, answered });
    return target === null ? null : isWithin(since, at, target.within, measuring);
  };
  for (const [index, reply] of replies.entries()) {
    const { at, agentId, standing, since } = reply;
    const isFirst = index === 0 && created !== null && !answeredBefore;
    const from = isFirst ? created.at.getTime() : since;
    // Nobody waited for it: an agent wrote twice.
    if (from === null) continue;
    const met = metBy(reply, !isFirst || openedByAgent);
    add(isFirst ? 'first_reply' : 'next_reply', at, {
      ...of(standing),
      ...elapsed(from, at, measuring),
      agentId,
      met,
    });
  }
  for (const { at, agentId, standing } of flips) add('clock_flip', at, { ...of(standing), agentId });
}

function addResolution(
  add: Add,
  timeline: Timeline,
  { replies }: Conversation,
  { solves, reopenings }: Resolution,
  measuring: Measuring,
): void {
  for (const solve of solves)
    add('solve', solve.at, { ...ofSolve(solve), detail: solve.byAutomation ? 'automation' : null });
  if (timeline.mergedAt !== null && !isFinished(timeline.last)) add('merge', timeline.mergedAt, of(timeline.last));
  for (const { at, solve, standing } of reopenings) add('reopen', at, solve === null ? of(standing) : ofSolve(solve));
  const createdAt = timeline.created?.at.getTime();
  const first = solves[0];
  if (createdAt === undefined || first === undefined) return;
  add('first_resolution', first.at, { ...ofSolve(first), ...elapsed(createdAt, first.at, measuring) });
  const last = solves.at(-1) ?? first;
  if (!isFinished(timeline.last)) return;
  add('full_resolution', last.at, { ...ofSolve(last), ...elapsed(createdAt, last.at, measuring) });
  const stretches = stretchesWaiting(timeline, last.at);
  const waited = sum(stretches.map(([from, to]) => to - from));
  const business = sum(stretches.map(([from, to]) => measuring.businessMs(from, to)));
  add('requester_wait', last.at, { ...ofSolve(last), ...inSeconds(waited, business) });
  const count = replies.filter(({ at }) => isBy(at, last.at)).length;
  if (count < 2) add('one_touch', last.at, { ...ofSolve(last), detail: String(count) });
}

/** What is read of Zendesk has whole seconds, and events have milliseconds. */
const isBy = (at: number, end: number): boolean => Math.floor(at / 1000) <= Math.floor(end / 1000);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function addSteps(add: Add, { steps, last }: Timeline, solve: Solve | undefined, context: MeasureContext): void {
  const ids = context.steps?.get(last.category ?? '') ?? [];
  if (ids.length === 0 || solve === undefined || !isFinished(last)) return;
  const done = new Set<string | null>();
  for (const { entry, at } of steps) {
    if (!isBy(at, solve.at)) break;
    if (entry.kind === 'step_done') done.add(entry.value);
    if (entry.kind === 'step_undone') done.delete(entry.value);
  }
  const share = ids.filter((id) => done.has(id)).length / ids.length;
  add('steps_followed', solve.at, { ...ofSolve(solve), score: Math.round(100 * share) });
}

function addMoves(add: Add, { steps }: Timeline, moves: readonly Move[], { departments, policy }: Measuring): void {
  for (const { at, before, after } of steps)
    if (after.tier !== null && after.tier !== before.tier) add('tier_entry', at, of(after));
  for (const [index, move] of moves.entries()) {
    const { at, agentId, standing, to, isEscalation, isBack, count } = move;
    const parts = { ...of(standing), agentId };
    if (isEscalation) add('escalation', at, { ...parts, detail: to });
    if (isBack) add('bounce', at, { ...parts, detail: String(count) });
    const department = departments.get(to);
    if (department === undefined) continue;
    add('hand_off', at, { ...parts, detail: to });
    const answered = moves[index + 1];
    if (answered === undefined) continue;
    const within = department.answersWithin;
    add('department_answer', answered.at, {
      ...of(answered.standing),
      ...elapsed(at, answered.at, department),
      agentId: answered.agentId,
      met: within === null ? null : isWithin(at, answered.at, within, department),
      detail: policy.departments.find(({ id }) => id === to)?.id ?? to,
    });
  }
}

function addSurveys(add: Add, timeline: Timeline, { solves }: Resolution): void {
  const { asked, answers } = readSurveys(timeline);
  const partsAt = (at: number): Parts => {
    const solve = solves.findLast((one) => one.at <= at);
    return solve === undefined ? of(timeline.last) : ofSolve(solve);
  };
  for (const { survey, at, isAnswered } of asked)
    add('survey_asked', at, { ...partsAt(at), met: isAnswered, detail: survey });
  for (const { survey, at, score, askedAt } of answers) add(survey, at, { ...partsAt(askedAt ?? at), score });
}
