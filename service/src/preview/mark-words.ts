// Splits a ticket's texts at the words that decided, so that a page can mark them.
import type { ConditionTrace, Decision, TicketFacts } from '@deskwright/shared';
import type { CompiledPolicy } from '../decide/compile-policy.ts';
import { findWords, type WordPlace } from '../decide/find-words.ts';

export interface Piece {
  readonly text: string;
  /** What the word decided: `category: trigger "Asks for money back"`. Null: it decided nothing. */
  readonly why: string | null;
}

/** Subject and description whole, in pieces. Where places overlap, the first and longest is marked. @param decision of these facts by this policy */
export function markWords(
  facts: TicketFacts,
  compiled: CompiledPolicy,
  decision: Decision,
): { subject: Piece[]; description: Piece[] } {
  const deciding = triggersThatDecided(decision);
  const places = findWords(facts, compiled).flatMap(({ triggerId, condition, places: seen }) => {
    const trigger = deciding.get(triggerId);
    const decided = trigger?.conditions.some((one) => one.held && !one.inVain && isSame(one, condition));
    return trigger && decided ? seen.map((place) => ({ ...place, why: trigger.why })) : [];
  });
  const piecesOf = (name: 'subject' | 'description') =>
    cut(
      facts[name],
      places.filter(({ text }) => text === name),
    );
  return { subject: piecesOf('subject'), description: piecesOf('description') };
}

function triggersThatDecided({ category, priority, tags }: Decision) {
  const triggers = new Map<string, { why: string; conditions: readonly ConditionTrace[] }>();
  const parts = [
    { what: 'category', reason: category.reason },
    { what: 'priority', reason: priority.reason },
    ...tags.map(({ value, reason }) => ({ what: `tag ${value}`, reason })),
  ];
  for (const { what, reason } of parts)
    if (reason.by === 'trigger' && !triggers.has(reason.triggerId))
      triggers.set(reason.triggerId, { why: `${what}: trigger "${reason.title}"`, conditions: reason.conditions });
  return triggers;
}

const isSame = (a: ConditionTrace, b: ConditionTrace): boolean =>
  a.field === b.field && a.operator === b.operator && a.wanted === b.wanted;

function cut(text: string, places: readonly (WordPlace & { why: string })[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, why } of places.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), why: null });
    pieces.push({ text: text.slice(start, end), why });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), why: null });
  return pieces;
}
