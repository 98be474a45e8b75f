// Finds what the whole policy would have done for a ticket beyond what acted, from the log.
import type { Decision, Priority, SurveyKind } from '@deskwright/shared';
import type { DecisionByMode } from '../../decide/decide-by-mode.ts';

interface ShadowPlace {
  /** Null: none yet. */
  readonly category: string | null;
  readonly tier: string | null;
  /** Null: the ticket keeps its own. */
  readonly priority: Priority | null;
  readonly survey: SurveyKind | null;
}

/** Only words of the policy; nothing of what customers wrote. */
export interface ShadowOutcome {
  /** What acted, and the priority that the ticket has where none was set; of a ticket for which nothing acts, what it has. */
  readonly from: ShadowPlace;
  readonly to: ShadowPlace;
  /** Tags that would be added beside those that are. */
  readonly tags: readonly string[];
  /** Ids of the triggers that would set what differs. Empty: it is the default category. */
  readonly triggers: readonly string[];
}

/** What the ticket has before the decision. */
interface TicketBefore extends Pick<ShadowPlace, 'category' | 'tier'> {
  readonly priority: string | null;
  readonly tags: readonly string[];
}

/** Null: nothing would be done that is not done, or that the ticket does not have already. */
export function shadowOutcome({ decision, acts, shadow }: DecisionByMode, row: TicketBefore): ShadowOutcome | null {
  if (shadow === null) return null;
  const to = placeOf(shadow);
  const own = row.priority as Priority | null;
  const from: ShadowPlace = acts
    ? { ...placeOf(decision), priority: decision.priority.value ?? own }
    : { category: row.category, tier: row.tier, priority: own, survey: null };
  const present = [...row.tags, ...(acts ? decision.tags.map(({ value }) => value) : [])];
  const tags = shadow.tags.filter(({ value }) => !present.includes(value));
  const isMoved = from.category !== to.category || from.tier !== to.tier;
  const isRaised = to.priority !== null && to.priority !== from.priority;
  const parts = [...(isMoved ? [shadow.category] : []), ...(isRaised ? [shadow.priority] : []), ...tags];
  if (parts.length === 0) return null;
  const triggers = parts.flatMap(({ reason }) => (reason.by === 'trigger' ? [reason.triggerId] : []));
  return { from, to, tags: tags.map(({ value }) => value), triggers: [...new Set(triggers)] };
}

const placeOf = ({ category, tier, priority, survey }: Decision): ShadowPlace => ({
  category: category.value,
  tier: tier.value,
  priority: priority.value,
  survey: survey.value,
});

/** `in shadow: would have set category refunds and added tag money (trigger refund-wording)`. */
export function describeShadow({ from, to, tags, triggers }: ShadowOutcome): string {
  const set = (['category', 'tier', 'priority'] as const).flatMap((part) =>
    to[part] === null || to[part] === from[part] ? [] : [`${part} ${to[part]}`],
  );
  const did = [
    ...(set.length > 0 ? [`set ${listed(set)}`] : []),
    ...(tags.length > 0 ? [`added ${tags.length > 1 ? 'tags' : 'tag'} ${listed(tags)}`] : []),
  ];
  const by = triggers.length === 0 ? 'no trigger fits' : `trigger ${listed(triggers)}`;
  return `in shadow: would have ${did.length === 0 ? 'decided otherwise' : did.join(' and ')} (${by})`;
}

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
