// How long has the customer waited, and who is next?
import type { QueueCard, Waiting } from '@deskwright/shared/contract';
import { replyTarget } from '../capabilities/reply-target.ts';
import type { nextOldest, Place } from '../views/queue-order.ts';
import type { CardContext } from './card-context.ts';
import { isWaiting } from './is-waiting.ts';
import type { Said } from './read-conversation.ts';

export interface QueueRows {
  readonly place: Place | null;
  readonly next: Awaited<ReturnType<typeof nextOldest>>;
  readonly said: readonly Said[];
}

export function queueCard(context: CardContext, { place, next, said }: QueueRows): QueueCard {
  return {
    waiting: waitingOf(context, place, said),
    nextOldest: next && {
      ticketId: next.id,
      subject: next.subject,
      waitingSince: next.waitingSince.toISOString(),
    },
  };
}

function waitingOf({ ticket, inForce, now }: CardContext, place: Place | null, said: readonly Said[]): Waiting | null {
  if (!isWaiting(ticket) || place === null) return null;
  const since = ticket.waitingSince;
  const { policy, compiled } = inForce;
  const waitingSince = since.getTime();
  const answered = said.some(({ byCustomer }) => !byCustomer);
  const target = replyTarget(policy.targets, { ...ticket, answered, waitingSince }, compiled.calendar);
  return {
    since: since.toISOString(),
    calendarMs: Math.max(0, now - waitingSince),
    businessMs: compiled.businessMs(waitingSince, now),
    ...place,
    chasers: said.filter(({ byCustomer, at }) => byCustomer && at > since).length,
    target: target && { ...target, dueAt: new Date(target.dueAt).toISOString(), missed: target.dueAt < now },
  };
}
