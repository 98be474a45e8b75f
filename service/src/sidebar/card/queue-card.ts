// Reads how long the customer has waited, and which ticket is next.

import type { QueueCard, Waiting } from '@deskwright/shared/contract';
import { replyTarget } from '../../decide/reply-target.ts';
import { nextOldest, type Place, placeInLargeQueue } from '../../views/index.ts';
import type { Agent } from '../identity/agent.ts';
import type { CardContext, Said } from './card-context.ts';
import { departmentGroups } from './department-groups.ts';
import { inDepartment } from './in-department.ts';
import { isWaiting } from './is-waiting.ts';
import { seenBy } from './seen-by.ts';

interface QueueRows {
  readonly place: Place | null;
  readonly said: readonly Said[];
  /** Null: the ticket is with the tiers. */
  readonly department: QueueCard['department'];
}

export async function readQueue(context: CardContext): Promise<QueueCard> {
  const { db, ticket, agent, rows } = context;
  const departments = departmentGroups(context);
  const notIn = [...departments.keys()];
  const [place, next, said, moves, stay] = await Promise.all([
    isWaiting(ticket) ? placeInLargeQueue(db, { ...ticket, notIn }) : null,
    nextOldest(db, {
      tier: ticket.tier,
      besides: ticket.id,
      seen: seenBy(agent),
      inGroups: nobodysGroups(agent),
      notIn,
    }),
    rows.said,
    rows.moves,
    rows.stay,
  ]);
  const department = inDepartment(context, { ...stay, departments, moves });
  return {
    waiting: waitingOf(context, { place, said, department }),
    department,
    nextOldest: next && {
      ticketId: next.id,
      subject: next.subject,
      waitingSince: next.waitingSince.toISOString(),
    },
  };
}

/** Of nobody's tickets, those in which groups the agent may see; null: not a matter of groups. Who sees only their own sees none. */
function nobodysGroups({ sees, groupIds }: Agent): readonly number[] | null {
  if (sees === 'assigned') return [];
  return sees === 'groups' ? groupIds : null;
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
