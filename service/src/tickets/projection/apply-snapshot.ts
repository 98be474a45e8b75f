// Applies a snapshot or an event to the projection and detects overrides by a person.
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { TicketEvent } from '../receive/ticket-event.ts';
import { categoriesOf, categoryTag, type TicketRow, type TicketSnapshot, tiersOf } from './ticket-row.ts';

export interface Applied {
  row: TicketRow;
  /** The snapshot was older than the row, which is unchanged. */
  stale: boolean;
  /** Changed from unsolved to solved or closed. False for a ticket first seen solved. */
  solved: boolean;
  /** Changed from solved to unsolved. */
  reopened: boolean;
}

/** Whose change an observation shows. `customer`: the ticket was just opened, by somebody who cannot override; `others`: possibly an agent. */
export type ChangedBy = 'us' | 'customer' | 'others';

const FINISHED = new Set(['solved', 'closed']);
export const isFinished = (status: string): boolean => FINISHED.has(status);

/**
 * Applies a snapshot to the row. Webhooks arrive late, twice and out of order, so an older snapshot changes nothing.
 * `by` says whose change the snapshot shows: only others can overrule the policy. A follow-up, opened by a customer, carries the tags of
 * the closed ticket, including ours. `underWay`: effects for the ticket are not done yet, so it may still show what they
 * will change.
 */
export function applySnapshot(
  before: TicketRow | null,
  snapshot: TicketSnapshot,
  by: ChangedBy,
  options: { underWay?: boolean } = {},
): Applied {
  if (before && isOlder(snapshot, before)) return { row: before, stale: true, solved: false, reopened: false };
  const leaving = (options.underWay && before?.wanted?.leaving) || NOTHING_LEAVES;
  const mayOverrule = by === 'others' && !mayShowBeforeOurs(before, snapshot);
  const retagged = mayOverrule && isRetagged(before, snapshot, leaving);
  const overruled = retagged || (mayOverrule && isMoved(before, snapshot, leaving));
  const placement = retagged
    ? humanPlacement(before, snapshot, leaving)
    : { category: before?.category ?? null, tier: before?.tier ?? null };
  const solved = before !== null && !isFinished(before.status) && isFinished(snapshot.status);
  const row: TicketRow = {
    ...snapshot,
    customFields: snapshot.customFields ?? before?.customFields ?? null,
    solvedAt: isFinished(snapshot.status) ? (before?.solvedAt ?? snapshot.snapshotAt) : null,
    waitEndedAt: before?.waitEndedAt ?? null,
    waitingSince: before?.waitingSince ?? null,
    gone: before?.gone ?? null,
    ...placement,
    placedBy: overruled ? 'human' : (before?.placedBy ?? 'policy'),
    wanted: before?.wanted ?? null,
    decidedAt: before?.decidedAt ?? null,
    policyHash: before?.policyHash ?? null,
    erasedAt: before?.erasedAt ?? null,
  };
  return {
    row,
    stale: false,
    solved,
    reopened: before !== null && isFinished(before.status) && !isFinished(snapshot.status),
  };
}

/** `updated_at` has whole seconds: within one, the snapshot's own time decides. */
function isOlder(snapshot: TicketSnapshot, before: TicketRow): boolean {
  const difference = snapshot.updatedAt.getTime() - before.updatedAt.getTime();
  return difference < 0 || (difference === 0 && snapshot.snapshotAt < before.snapshotAt);
}

/**
 * The answer to our write is in the row with the time of the request. An observation of the same second without any category may
 * be from before our write arrived.
 */
function mayShowBeforeOurs(before: TicketRow | null, snapshot: TicketSnapshot): boolean {
  const sameSecond = before?.updatedAt.getTime() === snapshot.updatedAt.getTime();
  return sameSecond && before?.wanted != null && categoriesOf(snapshot.tags).length === 0;
}

type Leaving = NonNullable<NonNullable<TicketRow['wanted']>['leaving']>;
const NOTHING_LEAVES: Leaving = { categories: [], groupIds: [] };

/** A changed category tag that neither the policy nor an agent in the sidebar set. */
function isRetagged(before: TicketRow | null, snapshot: TicketSnapshot, leaving: Leaving): boolean {
  const categories = categoriesOf(snapshot.tags);
  if (!before?.wanted) return categories.length > 0;
  const { category } = before.wanted;
  const sameTags = categories.join() === categoriesOf(before.tags).join();
  // Unless a person had changed it since, and now sets it back.
  const changedSince = before.placedBy === 'human' && before.category !== category;
  const asWanted = categories.length === 1 && categories[0] === category && !changedSince;
  const onTheWay =
    leaving.categories.length > 0 &&
    categories.length > 0 &&
    categories.every((one) => one === category || leaving.categories.includes(one));
  return !sameTags && !asWanted && !onTheWay;
}

/**
 * A changed group that was not requested. A group set before our tags had arrived was an assignment, not an
 * override: such a ticket still gets its tags. They may have arrived before we recorded it.
 */
function isMoved(before: TicketRow | null, snapshot: TicketSnapshot, leaving: Leaving): boolean {
  if (!before?.wanted) return false;
  const { wanted } = before;
  const ours = categoryTag(wanted.category);
  const arrived = before.tags.includes(ours) || snapshot.tags.includes(ours);
  const onTheWay = snapshot.groupId !== null && leaving.groupIds.includes(snapshot.groupId);
  return arrived && snapshot.groupId !== before.groupId && snapshot.groupId !== wanted.groupId && !onTheWay;
}

/** What the person's tags mean: a category added to ours or replacing it, or none if ours was removed. */
function humanPlacement(
  before: TicketRow | null,
  { tags }: TicketSnapshot,
  leaving: Leaving,
): Pick<TicketRow, 'category' | 'tier'> {
  const ours = before?.wanted?.category;
  const categories = categoriesOf(tags);
  const kept = ours !== undefined && categories.includes(ours) ? ours : null;
  const tiers = tiersOf(tags);
  return {
    category: categories.find((category) => category !== ours && !leaving.categories.includes(category)) ?? kept,
    // While an agent's action is pending, the tier tag is still the old one.
    tier: tiers.length === 1 && leaving === NOTHING_LEAVES ? (tiers[0] ?? null) : (before?.tier ?? null),
  };
}

/**
 * `updated_at` has whole seconds, so `askedAt`, the time just before the request was sent, orders the answer among the events of the same
 * second: changes made during the request must count as newer, since the answer may not contain them.
 */
export function snapshotFromRest(ticket: ZendeskTicket, askedAt: Date): TicketSnapshot {
  const updatedAt = new Date(ticket.updated_at);
  const endOfSecond = updatedAt.getTime() + 999;
  return {
    id: ticket.id,
    subject: ticket.subject ?? '',
    description: ticket.description ?? '',
    status: ticket.status,
    priority: ticket.priority,
    type: ticket.type,
    via: ticket.via?.channel ?? null,
    tags: ticket.tags,
    groupId: ticket.group_id,
    assigneeId: ticket.assignee_id,
    requesterId: ticket.requester_id,
    organizationId: ticket.organization_id,
    brandId: ticket.brand_id,
    formId: ticket.ticket_form_id,
    customFields: Object.fromEntries(ticket.custom_fields.map((field) => [String(field.id), field.value])),
    createdAt: new Date(ticket.created_at),
    updatedAt,
    snapshotAt: new Date(Math.max(updatedAt.getTime(), Math.min(endOfSecond, askedAt.getTime()))),
  };
}

/** How a change leaves the ticket; null: as a usual ticket. Undefined: it does not say. */
export function goneByChange(change: { readonly kind: string } | null): TicketRow['gone'] | undefined {
  switch (change?.kind) {
    case 'merged':
      return 'merged';
    case 'marked_as_spam':
      return 'spam';
    case 'soft_deleted':
    case 'permanently_deleted':
      return 'deleted';
    case 'undeleted':
      return null;
    default:
      return undefined;
  }
}

/** Undefined: the event does not say. */
export function goneAfter({ change, detail }: TicketEvent): TicketRow['gone'] | undefined {
  const gone = goneByChange(change);
  if (gone !== undefined) return gone;
  if (detail?.status === 'deleted') return 'deleted';
  return detail?.tags.includes('closed_by_merge') ? 'merged' : undefined;
}
