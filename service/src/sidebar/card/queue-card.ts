// Builds the card about waiting time and the queue.
import type { QueueCard, Waiting } from '@deskwright/shared/contract';
import { replyTarget } from '../../decide/reply-target.ts';
import type { nextOldest, Place } from '../../views/queue-order.ts';
import type { CardContext } from './card-context.ts';
import { isWaiting } from './is-waiting.ts';
import type { Said } from './read-conversation.ts';

export interface QueueRows {
  readonly place: Place | null;
  readonly next: Awaited<ReturnType<typeof nextOldest>>;
  readonly said: readonly Said[];
  /** Null: the ticket is with the tiers. */
  readonly department: QueueCard['department'];
}

export function queueCard(context: CardContext, rows: QueueRows): QueueCard {
  const { next, department } = rows;
  return {
    waiting: waitingOf(context, rows),
    department,
    nextOldest: next && {
      ticketId: next.id,
      subject: next.subject,
      waitingSince: next.waitingSince.toISOString(),
    },
  };
}

function waitingOf({ ticket, inForce, now }: CardContext, { place, said, department }: QueueRows): Waiting | null {
  if (!isWaiting(ticket) || place === null) return null;
  const since = ticket.waitingSince;
  const { policy, compiled } = inForce;
  const waitingSince = since.getTime();
  const answered = said.some(({ byCustomer }) => !byCustomer);
  // The tiers' targets are not the department's: what that promises stands on its own card.
  const target = department
    ? null
    : replyTarget(policy.targets, { ...ticket, answered, waitingSince }, compiled.calendar);
  return {
    since: since.toISOString(),
    calendarMs: Math.max(0, now - waitingSince),
    businessMs: compiled.businessMs(waitingSince, now),
    place: department ? null : place.place,
    of: place.of,
    chasers: said.filter(({ byCustomer, at }) => byCustomer && at > since).length,
    target: target && { ...target, dueAt: new Date(target.dueAt).toISOString(), missed: target.dueAt < now },
  };
}
