// Takes back what an agent gave by mistake, on the same day: it counts no longer, stays visible, and a note says so.
import { localDate, type Policy } from '@deskwright/shared';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import { type Agent, anId, DONE, defineAction, type Refused, refuse } from '../../sidebar/index.ts';
import { recordTicketChange } from '../../tickets/index.ts';
import { describe, isGiven, lockGoodwill, onTicket, tagOf } from './give-goodwill.ts';
import { type GoodwillEntry, goodwillEntries } from './tables.ts';

export const takeBackGoodwill = defineAction({
  name: 'take_back_goodwill',
  method: 'delete',
  path: '/goodwill/:goodwillId',
  params: z.object({ goodwillId: anId }),
  permission: { right: 'edit' },
  perform: async ({ tx, ticket, agent, policy, now }, { goodwillId }) => {
    await lockGoodwill(tx, agent.id);
    const [given] = await tx
      .select()
      .from(goodwillEntries)
      .where(and(eq(goodwillEntries.id, goodwillId), eq(goodwillEntries.ticketId, ticket.id)));
    if (given?.kind !== 'given') return refuse('not_found', 'Nothing like this was given on this ticket.');
    const [back] = await tx
      .select({ id: goodwillEntries.id })
      .from(goodwillEntries)
      .where(and(eq(goodwillEntries.requestId, given.requestId), eq(goodwillEntries.kind, 'taken_back')));
    const refused = whyNotTakenBack({ ...given, isTakenBack: back !== undefined }, { policy, agent, now });
    if (refused) return refused;
    const { id: _, ...entry } = given;
    await tx.insert(goodwillEntries).values({ ...entry, kind: 'taken_back', at: now });
    const isLast = !(await isGiven(tx, onTicket(ticket.id), eq(goodwillEntries.itemKind, given.itemKind)));
    await recordTicketChange(tx, {
      key: `goodwill:${given.id}:taken_back`,
      ticketId: ticket.id,
      cause: 'agent',
      change: {
        note: withoutPlaceholders(`Goodwill: ${describe(given, policy)} taken back by ${agent.name}`),
        ...(isLast ? { removeTags: [tagOf(given)] } : {}),
      },
    });
    return DONE;
  },
  audit: ({ goodwillId }) => ({ goodwillId }),
});

interface Given extends Pick<GoodwillEntry, 'agentId' | 'day'> {
  readonly isTakenBack: boolean;
}

/** Null: the agent may take it back now. Only who gave it may, whose day it is. */
export function whyNotTakenBack(
  { agentId, day, isTakenBack }: Given,
  { policy, agent, now }: { policy: Policy; agent: Pick<Agent, 'id'>; now: Date },
): Refused | null {
  if (isTakenBack) return refuse('conflict', 'This was already taken back.');
  if (agentId !== agent.id) return refuse('forbidden', 'Only the agent who gave it can take it back.');
  return day === localDate(now.getTime(), policy.time_zone)
    ? null
    : refuse('too_late', 'It can be taken back only on the day on which it was given.');
}
