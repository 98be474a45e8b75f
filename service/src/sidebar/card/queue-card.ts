// Reads how long the customer has waited, and which ticket is next.

import type { QueueCard, Waiting } from '@deskwright/shared/contract';
import { type Placeholder, sql } from 'drizzle-orm';
import { replyTarget } from '../../decide/limits.ts';
import { queueBand, REST } from '../../decide/queue-band.ts';
import {
  firstOf,
  nextOldestRows,
  type Place,
  partToCount,
  placeOf,
  placeRows,
  WHOLE_QUEUE,
} from '../../views/index.ts';
import type { TicketAccess } from '../identity/agent.ts';
import type { Asked, CardContext, CardQuery, CardValues, Said, TicketContext } from './card-context.ts';
import { pastMoves } from './escalation-card.ts';
import { isWaiting } from './head-card.ts';
import { departmentAnswer, inDepartment } from './in-department.ts';
import { conversation } from './read-conversation.ts';
import { departmentGroups } from './way.ts';

const { placeholder } = sql;

const place: CardQuery<Place & { waits: boolean }> = ({ tier }) =>
  placeRows(
    {
      id: placeholder('waitingTicketId'),
      tier,
      notIn: placeholder('departmentGroups'),
      band: placeholder('queueBand'),
    },
    {
      since: placeholder('partSince'),
      id: placeholder('partId'),
      toEnd: placeholder('partToEnd'),
      before: placeholder('partBefore'),
      of: placeholder('partOf'),
    },
  );

/** Of nobody's tickets, those in which groups the agent may see; null: not a matter of groups. An agent who sees only their own tickets sees none. */
const NOBODYS_GROUPS: Readonly<Partial<Record<TicketAccess, Placeholder | readonly number[]>>> = {
  groups: placeholder('groupIds'),
  assigned: [],
};

const oldestOfNobody = ({ tier, ticketId, sees, seen }: Asked) =>
  nextOldestRows({
    tier: tier === null ? null : placeholder('nextTier'),
    besides: ticketId,
    seen,
    inGroups: NOBODYS_GROUPS[sees] ?? null,
    notIn: placeholder('departmentGroups'),
  });

export const QUEUE_QUERIES = [place, oldestOfNobody];

/** A ticket that does not wait has no place, and nothing is counted for it. */
export async function queueValues(context: TicketContext): Promise<CardValues> {
  const { db, ticket } = context;
  const notIn = [...departmentGroups(context).keys()];
  const part = isWaiting(ticket) ? await partToCount(db, { ...ticket, notIn }) : NOTHING;
  return {
    departmentGroups: notIn,
    nextTier: tierOfAgent(context),
    queueBand: ticket.queueBand ?? REST,
    waitingTicketId: isWaiting(ticket) ? ticket.id : null,
    partSince: part.since,
    partId: part.id,
    partToEnd: part.toEnd,
    partBefore: part.before,
    partOf: part.of,
  };
}

/** Where the agent works: in the ticket's tier, or else in the first tier in whose group they are. Who is in none stays in the ticket's. */
function tierOfAgent({ ticket, agent, inForce, directory }: TicketContext): string | null {
  const own = inForce.policy.tiers.filter(({ group }) => {
    const groupId = directory?.groupId(group) ?? null;
    return groupId !== null && agent.groupIds.includes(groupId);
  });
  const isOwn = own.some(({ id }) => id === ticket.tier);
  return isOwn ? ticket.tier : (own[0]?.id ?? ticket.tier);
}

const NOTHING = { ...WHOLE_QUEUE, since: 'infinity', toEnd: false };

interface QueueRows {
  readonly place: Place | null;
  readonly said: readonly Said[];
  /** Null: the ticket is with the tiers. */
  readonly department: QueueCard['department'];
}

export function readQueue(context: CardContext): QueueCard {
  const { rows, stay } = context;
  const next = firstOf(rows(oldestOfNobody));
  const said = rows(conversation);
  const departments = departmentGroups(context);
  const department = inDepartment(context, { ...stay, departments, moves: rows(pastMoves) });
  return {
    waiting: waitingOf(context, { place: placeOf(rows(place)[0]), said, department }),
    answered: answeredOf(context),
    lastMessageAt:
      rows(conversation)
        .findLast(({ byCustomer }) => byCustomer)
        ?.at.toISOString() ?? null,
    department,
    ...(department === null ? departmentAnswer(context, { ...stay, departments }, said) : {}),
    nextOldest: next && {
      ticketId: next.id,
      subject: next.subject,
      waitingSince: next.waitingSince.toISOString(),
    },
  };
}

function answeredOf({ rows, agent }: CardContext): QueueCard['answered'] {
  const last = rows(conversation).at(-1);
  if (last === undefined || last.byCustomer) return null;
  return { at: last.at.toISOString(), by: last.name, byYou: last.authorId === agent.id };
}

function waitingOf({ ticket, inForce, now }: CardContext, { place, said, department }: QueueRows): Waiting | null {
  if (!isWaiting(ticket) || place === null) return null;
  const since = ticket.waitingSince;
  const { policy, compiled } = inForce;
  const waitingSince = since.getTime();
  const answered = said.some(({ byCustomer }) => !byCustomer);
  // The tiers' targets do not apply to a department, whose own card shows its response time.
  const target = department
    ? null
    : replyTarget(policy.targets, { ...ticket, answered, waitingSince }, compiled.calendar);
  return {
    since: since.toISOString(),
    calendarMs: Math.max(0, now - waitingSince),
    businessMs: compiled.businessMs(waitingSince, now),
    place: department ? null : place.place,
    of: place.of,
    ...(policy.queue_order && !department
      ? { band: queueBand(inForce, { ...ticket, answered, waitingSince }, now).because }
      : {}),
    chasers: said.filter(({ byCustomer, at }) => byCustomer && at > since).length,
    target: target && { ...target, dueAt: new Date(target.dueAt).toISOString(), missed: target.dueAt < now },
  };
}
