// Records a refund that an agent gave, within their limit, and takes it back.

import { localDate, type Policy } from '@deskwright/shared';
import type { Money, RecordRefund } from '@deskwright/shared/contract';
import { formatMoney } from '@deskwright/shared/money';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { refundLimit } from '../decide/refund-limit.ts';
import { withoutPlaceholders } from '../policy/guidance/guidance.ts';
import { type Agent, anId, aRequestId, aText, DONE, defineAction, type Refused, refuse } from '../sidebar/index.ts';
import { recordTicketChange } from '../tickets/index.ts';
import { limitOfAgent } from './agent-limit.ts';
import { nameCustomer } from './customers.ts';
import { entriesOfRecorded, requestOf } from './ledger/entries-of-recorded.ts';
import { openLedger } from './ledger/ledger.ts';
import { readStop } from './stop.ts';
import { refunds } from './tables.ts';

/** Characters. */
const LONGEST_REASON = 500;

/**
 * Records the refund, which counts against the agent's day, and an internal note as an effect, in one transaction: never more than the agent
 * may refund at that moment, whatever the page showed. The same request (`requestId`) sent again has no effect.
 */
export const recordRefund = defineAction({
  name: 'record_refund',
  method: 'post',
  path: '/refunds',
  body: z.object({
    amount: z.object({ minor: z.int().positive(), currency: z.string().regex(/^[A-Z]{3}$/) }),
    reason: aText,
    requestId: aRequestId,
  }) satisfies z.ZodType<RecordRefund>,
  status: 201,
  permission: { right: 'edit' },
  findRepeated: async (tx, { ticketId, agent }, { amount, requestId }) => {
    const [sent] = await tx.select().from(refunds).where(eq(refunds.requestId, requestId));
    if (!sent) return null;
    // After an undo the same form asks for another refund.
    const isSame = sent.ticketId === ticketId && sent.agentId === agent.id && sent.state === 'granted';
    return isSame && sent.amountMinor === amount.minor && sent.currency === amount.currency ? DONE : SENT_FOR_ANOTHER;
  },
  perform: async (
    { tx, ticket, agent, policy, policyHash, directory, now },
    { amount, reason: written, requestId },
  ) => {
    const reason = written.trim();
    if (reason === '') return refuse('fields_missing', 'Write why it was refunded.', { fields: ['reason'] });
    if (reason.length > LONGEST_REASON)
      return refuse('bad_request', `The reason may have ${LONGEST_REASON} characters.`, { fields: ['reason'] });
    if (amount.currency !== policy.refunds?.currency)
      return refuse('conflict', `The policy does not allow refunds in ${amount.currency}.`);

    const ledger = await openLedger(tx);
    // Read after any wait for the ledger: a stop of the meantime holds.
    const stop = await readStop(tx);
    if (stop) return refuse('refunds_stopped', `Refunds are stopped: ${stop.why}`);
    const day = localDate(now.getTime(), policy.time_zone);
    const usedToday = await ledger.used({ currency: amount.currency, agentId: agent.id, day });
    const limit = limitOfAgent({ policy, directory, agent, usedToday, category: ticket.category });
    const upTo = limit?.upTo ?? 0;
    if (amount.minor > upTo) return aboveLimit({ minor: upTo, currency: amount.currency });

    const [recorded] = await tx
      .insert(refunds)
      .values({
        ticketId: ticket.id,
        agentId: agent.id,
        amountMinor: amount.minor,
        currency: amount.currency,
        state: 'granted',
        grantedAt: now,
        requestId,
        reason,
      })
      .onConflictDoNothing({ target: refunds.requestId })
      .returning();
    if (!recorded) return SENT_FOR_ANOTHER;
    const customer = ticket.requesterId === null ? null : await nameCustomer(tx, ticket.requesterId);
    const rule = limit && describeRule(limit.because);
    await ledger.append(entriesOfRecorded(recorded, { day, customer, rule, policyHash }));
    await recordTicketChange(tx, {
      key: `refund:${recorded.id}`,
      ticketId: ticket.id,
      cause: 'agent',
      change: {
        note: withoutPlaceholders(`Refund of ${inNote(amount)} recorded by ${agent.name}\n\nReason:\n${reason}`),
      },
    });
    return DONE;
  },
  audit: ({ amount: { minor, currency } }) => ({ amountMinor: minor, currency }),
});

/** Takes a recorded refund back on the day on which it was recorded: it no longer counts, stays visible, and a note says so. */
export const undoRefund = defineAction({
  name: 'undo_refund',
  method: 'delete',
  path: '/refunds/:refundId',
  params: z.object({ refundId: anId }),
  permission: { right: 'edit' },
  perform: async ({ tx, ticket, agent, policy, now }, { refundId }) => {
    const [row] = await tx
      .select()
      .from(refunds)
      .where(and(eq(refunds.id, refundId), eq(refunds.ticketId, ticket.id)));
    if (!row) return refuse('not_found', 'No such refund is recorded on this ticket.');
    const refused = whyNotUndone(row, { policy, agent, now });
    if (refused) return refused;
    await tx
      .update(refunds)
      .set({ state: 'cancelled', undoneAt: now, undoneBy: agent.id })
      .where(eq(refunds.id, row.id));
    const ledger = await openLedger(tx);
    const [reserved] = await ledger.ofRequest(requestOf(row));
    if (reserved) await ledger.append([{ ...reserved, kind: 'reversed', at: now }]);
    const amount = { minor: row.amountMinor, currency: row.currency };
    await recordTicketChange(tx, {
      key: `refund:${row.id}:undone`,
      ticketId: ticket.id,
      cause: 'agent',
      change: { note: withoutPlaceholders(`Recorded refund of ${inNote(amount)} undone by ${agent.name}`) },
    });
    return DONE;
  },
  audit: ({ refundId }) => ({ refundId }),
});

type RefundRow = Pick<typeof refunds.$inferSelect, 'agentId' | 'state' | 'grantedAt'>;

/** Null: the agent may undo it now. Only the agent who recorded it may, whose day it is. */
export function whyNotUndone(
  { agentId, state, grantedAt }: RefundRow,
  { policy, agent, now }: { policy: Policy; agent: Pick<Agent, 'id'>; now: Date },
): Refused | null {
  if (state === 'cancelled') return refuse('conflict', 'This refund was already undone.');
  if (agentId !== agent.id) return refuse('forbidden', 'Only the agent who recorded a refund can undo it.');
  const dayOf = (moment: Date) => localDate(moment.getTime(), policy.time_zone);
  return dayOf(grantedAt) === dayOf(now)
    ? null
    : refuse('too_late', 'A refund can be undone only on the day on which it was recorded.');
}

const SENT_FOR_ANOTHER = refuse('conflict', 'This form was already used for something else. Open it again.');

function aboveLimit(upTo: Money): Refused {
  const message =
    upTo.minor === 0
      ? 'You may not refund anything now. Ask somebody who may approve it.'
      : `You may refund at most ${inNote(upTo)} now. Ask somebody who may approve more.`;
  return refuse('above_limit', message, { upTo });
}

function describeRule(because: ReturnType<typeof refundLimit>['because']): string {
  if (because.by === 'tier') return `refunds.limits of tier ${because.tier}`;
  if (because.by === 'role') return `refunds.limits of role ${because.role}`;
  return because.by === 'agent' ? 'refunds.limits of named agents' : 'refunds.limits';
}

/** The notes of a ticket are in English. */
const inNote = (money: Money): string => formatMoney('en-US', money);
