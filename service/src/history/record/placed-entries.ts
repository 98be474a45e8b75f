// Makes the entries of a ticket's category and tier: set by a tag, or decided.
import { categoriesOf, type DecidedPlacement, type TicketActor, type TicketNews } from '../../tickets/index.ts';
import type { NewEntry } from './append.ts';

/** Who did it, as an entry has it. */
export const by = (actor: TicketActor | null): Pick<NewEntry, 'actor' | 'actorId'> =>
  actor ? { actor: actor.kind, actorId: actor.id } : {};

/** A category or tier that somebody else set by a tag: an agent, unless the event names another. */
export function retaggedEntries({
  ticketId,
  source,
  at,
  position,
  actor,
  before,
  retagged,
  isStale,
  change,
}: TicketNews): NewEntry[] {
  const who = by(actor ?? { kind: 'agent', id: null });
  const entry = (kind: 'category' | 'tier', value: string | null): NewEntry => ({
    ticketId,
    at,
    position,
    kind,
    value,
    ...who,
    source,
  });
  if (isStale && change?.kind === 'tags_changed' && actor?.kind !== 'us') {
    const [category, ...more] = categoriesOf(change.added);
    return category === undefined || more.length > 0 ? [] : [entry('category', category)];
  }
  if (retagged === null) return [];
  return placedEntries(before ?? NOWHERE, retagged, entry);
}

/** By us, for the policy's reason. */
export function entriesOfDecision({ ticketId, at, before, after, rule, policyHash }: DecidedPlacement): NewEntry[] {
  const ours = { ticketId, at, actor: 'us', policyHash, source: 'deskwright' } as const;
  return placedEntries(before, after, (kind, value) => ({
    ...ours,
    kind,
    value,
    ...(kind === 'category' ? { rule } : {}),
  }));
}

type Placed = DecidedPlacement['after'];
const NOWHERE: Placed = { category: null, tier: null };

/** Decided one after the other, each in the place of the last, whenever the ticket was as the decision saw it. */
function placedEntries(
  before: Placed,
  after: Placed,
  entry: (kind: 'category' | 'tier', value: string | null) => NewEntry,
): NewEntry[] {
  return (['category', 'tier'] as const)
    .filter((kind) => after[kind] !== before[kind])
    .map((kind) => ({
      ...entry(kind, after[kind]),
      ...(before[kind] === null ? {} : { check: 'last' as const }),
    }));
}
