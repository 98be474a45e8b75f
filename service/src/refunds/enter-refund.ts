// Enters a refund that a person pays by hand: its row, its place in the books, and the note and tag on the ticket.
import { localDate } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import { formatMoney } from '@deskwright/shared/money';
import type { Queryable } from '../platform/storage/database.ts';
import { withoutPlaceholders } from '../policy/guidance/guidance.ts';
import type { Agent } from '../sidebar/index.ts';
import { recordTicketChange } from '../tickets/index.ts';
import { nameCustomer } from './customers.ts';
import type { JudgedPayment } from './judge-refund.ts';
import { orderOf } from './ledger/entry.ts';
import type { OpenLedger } from './ledger/ledger.ts';
import { entriesOfRecorded } from './ledger/recorded-refunds.ts';
import { type RefundReason, reasonInNote } from './refund-reason.ts';
import { tagsOf } from './refund-tags.ts';
import { refunds } from './tables.ts';

/** The notes of a ticket are in English. */
export const inNote = (money: Money): string => formatMoney('en-US', money);

/** A part of a note: the part of the policy by which it was decided. */
export const allowedBy = (rule: string): string => `\n\nAllowed by ${rule}`;

interface Entering {
  readonly tx: Queryable;
  readonly ledger: OpenLedger;
  readonly ticket: { readonly id: number; readonly requesterId: number | null };
  readonly now: Date;
  readonly timeZone: string;
  readonly policyHash: string;
}

interface EnteredRefund extends RefundReason {
  readonly amount: Money;
  readonly payment: JudgedPayment | null;
  readonly agent: Pick<Agent, 'id' | 'name'>;
  readonly approver?: Pick<Agent, 'id' | 'name'>;
  readonly requestId: string;
  /** As decided. */
  readonly rule: string;
}

/** False: this request was recorded before, for whatever it asked. */
export async function enterRefund(
  { tx, ledger, ticket, now, timeZone, policyHash }: Entering,
  { amount, payment, reason, reasonCode, agent, approver, requestId, rule }: EnteredRefund,
): Promise<boolean> {
  // The same form may have refunded a payment at the provider.
  if ((await ledger.ofRequest(requestId)).length > 0) return false;
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
      reasonCode,
    })
    .onConflictDoNothing({ target: refunds.requestId })
    .returning();
  if (!recorded) return false;
  const customer = ticket.requesterId === null ? null : await nameCustomer(tx, ticket.requesterId);
  await ledger.append(
    entriesOfRecorded(recorded, {
      day: localDate(now.getTime(), timeZone),
      customer,
      rule,
      policyHash,
      approvedBy: approver?.id ?? null,
      ...(payment && {
        payment: {
          name: payment.name,
          paidMinor: payment.paid.minor,
          paidOn: payment.paidOn,
          isKnown: (await ledger.payment(payment.name)) !== null,
        },
      }),
    }),
  );
  const by = approver === undefined ? agent.name : `${agent.name}, approved by ${approver.name}`;
  const order = payment === null ? '' : ` of order ${orderOf(payment.name)}`;
  await recordTicketChange(tx, {
    key: `refund:${recorded.id}`,
    ticketId: ticket.id,
    cause: 'agent',
    change: {
      note: withoutPlaceholders(
        `Refund of ${inNote(amount)}${order} recorded by ${by}${reasonInNote({ reason, reasonCode })}${allowedBy(rule)}`,
      ),
      ...tagsOf('done'),
    },
  });
  return true;
}
