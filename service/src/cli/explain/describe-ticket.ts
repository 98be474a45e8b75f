// Formats one ticket's decision, and the parts of its message that rules ignore, as JSON and as text.
import type { CutKind, FullText, Policy, SolveSurvey, TicketFacts } from '@deskwright/shared';
import { formatMoney } from '@deskwright/shared/money';
import { asc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DecisionByMode } from '../../decide/decide-by-mode.ts';
import { leadsTo } from '../../decide/escalation.ts';
import { explainSentence } from '../../decide/explain-sentence.ts';
import { cutText } from '../../decide/rules/condition-tree.ts';
import { people } from '../../directory/tables.ts';
import type { TicketInFile } from '../../past-tickets/index.ts';
import type { Database } from '../../platform/storage/database.ts';
import { refunds } from '../../refunds/index.ts';
import { categoryCorrections, escalations } from '../../sidebar/index.ts';
import { describeShadow, shadowOutcome } from '../../tickets/index.ts';
import { type Clock, clockOf } from '../clock.ts';
import type { MarkedWords } from './words.ts';

/**
 * One line of JSON. `tags` are those that triggers add; `category__<id>` and `tier__<id>` are separate. `leftOut` is the part
 * of the description that rules ignore. `words`: where conditions saw words, if that was asked for. `shadow`: what triggers in shadow would have
 * done; null: nothing else. `acts`: false if by the mode of the file nothing is done. `refund`: if one was asked about.
 */
export function toJsonLine(
  { id, row, facts }: TicketInFile,
  byMode: DecisionByMode,
  policy: Policy,
  words: MarkedWords | null,
  refund?: object,
): string {
  const { decision, acts } = byMode;
  const { category, tier, priority, tags, survey, nearestMiss } = decision;
  return JSON.stringify({
    row,
    id,
    category: category.value,
    tier: tier.value,
    priority: priority.value,
    tags: tags.map((tag) => tag.value),
    survey: survey.value,
    acts,
    shadow: shadowOf(byMode, facts),
    leftOut: leftOut(facts.fullText),
    reasons: {
      sentence: explainSentence(decision, policy),
      category: category.reason,
      tier: tier.reason,
      priority: priority.reason,
      tags: Object.fromEntries(tags.map((tag) => [tag.value, tag.reason])),
      survey: survey.reason,
      nearestMiss,
    },
    ...(words && { words }),
    ...(refund && { refund }),
  });
}

/** One or two lines of text. Of the ticket's words, only those that decided are shown. */
export function toSentences({ id, row, facts }: TicketInFile, byMode: DecisionByMode, policy: Policy): string {
  const { decision, acts } = byMode;
  const { priority, tags, survey, nearestMiss } = decision;
  const extras = [
    priority.value === null ? [] : [`priority ${priority.value}`],
    tags.length === 0 ? [] : [`tags ${tags.map((tag) => tag.value).join(', ')}`],
    [survey.value === null ? 'no survey' : `then ${describeAsked(survey.value, policy)}`],
  ].flat();
  const missed = nearestMiss === null ? '' : `\n    nearest miss: "${nearestMiss.title}"`;
  const shadow = acts ? shadowOf(byMode, facts) : null;
  const inShadow = !acts
    ? '\n    in shadow: none of it is done'
    : shadow === null
      ? ''
      : `\n    ${describeShadow(shadow)}`;
  return `${id === null ? `row ${row}` : `#${id}`}  ${explainSentence(decision, policy)}; ${extras.join('; ')}${inShadow}${missed}${formatLeftOut(facts.fullText)}`;
}

function describeAsked(kind: SolveSurvey, { surveys }: Policy): string {
  return `${kind.toUpperCase()}${surveys[kind]?.conditions === undefined ? '' : ' if its conditions hold'}`;
}

/** A ticket of a file has no category yet. */
const shadowOf = (byMode: DecisionByMode, { tags, priority }: TicketFacts) =>
  shadowOutcome(byMode, { category: null, tier: null, priority, tags });

/** The position of each part, and how it begins. */
function leftOut(fullText: FullText | undefined) {
  return (fullText?.cuts ?? []).map(({ kind, start, end }) => ({
    kind,
    start,
    end,
    text: cutText(fullText?.description.slice(start, end) ?? ''),
  }));
}

function formatLeftOut(fullText: FullText | undefined): string {
  return fullText === undefined || fullText.cuts.length === 0 ? '' : `\n    left out: ${describeLeftOut(fullText)}`;
}

const NAMES: Readonly<Record<CutKind, string>> = {
  quoted: 'quoted history',
  forwarded: 'forwarded message',
  signature: 'signature',
  disclaimer: 'legal notice',
  link: 'link',
  address: 'address',
};

/** `quoted history (3 lines), 2 links`. */
export function describeLeftOut({ description, cuts }: Pick<FullText, 'description' | 'cuts'>): string {
  const kinds = [...new Set(cuts.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const own = cuts.filter((cut) => cut.kind === kind);
      if (kind === 'link' || kind === 'address') {
        const name = own.length === 1 ? NAMES[kind] : `${NAMES[kind]}${kind === 'link' ? 's' : 'es'}`;
        return `${own.length} ${name}`;
      }
      const lines = own.reduce(
        (sum, { start, end }) => sum + description.slice(start, end).trim().split('\n').length,
        0,
      );
      return `${NAMES[kind]} (${lines} line${lines === 1 ? '' : 's'})`;
    })
    .join(', ');
}

type AgentActions = Awaited<ReturnType<typeof readAgentActions>>;

/** Oldest first. Text entered in forms is left out, because it may quote customers. */
export async function readAgentActions(db: Database, ticketId: number) {
  const undoer = alias(people, 'undoer');
  return {
    corrections: await db
      .select({
        id: categoryCorrections.id,
        at: categoryCorrections.correctedAt,
        agentId: categoryCorrections.agentId,
        agent: people.name,
        before: categoryCorrections.before,
        toCategory: categoryCorrections.toCategory,
        toTier: categoryCorrections.toTier,
        undoneAt: categoryCorrections.undoneAt,
        undoneBy: categoryCorrections.undoneBy,
        undoer: undoer.name,
      })
      .from(categoryCorrections)
      .leftJoin(people, eq(people.id, categoryCorrections.agentId))
      .leftJoin(undoer, eq(undoer.id, categoryCorrections.undoneBy))
      .where(eq(categoryCorrections.ticketId, ticketId))
      .orderBy(asc(categoryCorrections.id)),
    escalations: await db
      .select({
        id: escalations.id,
        at: escalations.escalatedAt,
        agentId: escalations.agentId,
        agent: people.name,
        kind: escalations.kind,
        fromTier: escalations.fromTier,
        target: escalations.target,
      })
      .from(escalations)
      .leftJoin(people, eq(people.id, escalations.agentId))
      .where(eq(escalations.ticketId, ticketId))
      .orderBy(asc(escalations.id)),
    refunds: await db
      .select({
        id: refunds.id,
        at: refunds.grantedAt,
        agentId: refunds.agentId,
        agent: people.name,
        amountMinor: refunds.amountMinor,
        currency: refunds.currency,
        undoneAt: refunds.undoneAt,
        undoneBy: refunds.undoneBy,
        undoer: undoer.name,
      })
      .from(refunds)
      .leftJoin(people, eq(people.id, refunds.agentId))
      .leftJoin(undoer, eq(undoer.id, refunds.undoneBy))
      .where(eq(refunds.ticketId, ticketId))
      .orderBy(asc(refunds.id)),
  };
}

/**
 * One line per action, oldest first; empty if agents did nothing.
 * @param policy says which tier helps which; null: not known
 */
export function describeAgentActions(
  { corrections, escalations, refunds: recorded }: AgentActions,
  policy: Policy | null,
): string[] {
  const clock = clockOf(policy);
  const actions = [
    ...corrections.map((one) => ({
      at: one.at,
      text: `${'corrected'.padEnd(16)} category ${one.before.category} to ${one.toCategory}, by ${one.agent ?? `agent ${one.agentId}`}${describeUndone(one, clock)}`,
    })),
    ...recorded.map((one) => ({
      at: one.at,
      text: `${'refund'.padEnd(16)} ${formatMoney('en-US', { minor: one.amountMinor, currency: one.currency })}, recorded by ${one.agent ?? `agent ${one.agentId}`}${describeUndone(one, clock)}`,
    })),
    ...escalations.map((one, index) => ({
      at: one.at,
      text: `${describeMove(one, escalations.slice(0, index), policy)}, by ${one.agent ?? `agent ${one.agentId}`}`,
    })),
  ];
  return actions
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, text }) => `  ${clock.print(at)}  ${text}`);
}

type Move = AgentActions['escalations'][number];

/** A ticket that a department gives back keeps its tier, and one that a tier gives back returns to a tier that escalates to it. */
function describeMove(move: Move, before: readonly Move[], policy: Policy | null): string {
  const { kind, fromTier, target } = move;
  const from = fromTier === null ? '' : `tier ${fromTier} `;
  if (kind === 'department') return `${'handed over'.padEnd(16)} ${from}to department ${target}`;
  const last = before.at(-1);
  if (fromTier === target)
    return `${'handed back'.padEnd(16)} ${last?.kind === 'department' ? `department ${last.target} ` : ''}to tier ${target}`;
  const isBack = policy ? leadsTo(policy, target, fromTier) : before.some((one) => one.fromTier === target);
  return `${(isBack ? 'handed back' : 'escalated').padEnd(16)} ${from}to tier ${target}`;
}

function describeUndone(
  { undoneAt, undoneBy, undoer }: Pick<AgentActions['corrections'][number], 'undoneAt' | 'undoneBy' | 'undoer'>,
  clock: Clock,
): string {
  return undoneAt ? `; undone ${clock.print(undoneAt)} by ${undoer ?? `agent ${undoneBy}`}` : '';
}
