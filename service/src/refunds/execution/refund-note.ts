// Writes the internal note of a refund at the provider. The notes of a ticket are in English.
import { eq } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import { agentName } from '../../sidebar/index.ts';
import { allowedBy, inNote } from '../enter-refund.ts';
import { reasonInNote } from '../refund-reason.ts';
import type { paymentRefunds, RefundRefusal } from '../tables.ts';

type Row = typeof paymentRefunds.$inferSelect;

/** `done`: with the provider's id. `came_back`: it had been made, and failed at the bank later. */
export type RefundNews = 'done' | 'pending' | 'refused' | 'failed' | 'came_back';

const NOT_VERIFIED: Partial<Record<Row['matchedBy'], string>> = {
  customer_id: '\nFound by the customer’s profile; anybody can write from an address: not verified.',
  email: '\nFound by e-mail address only: not verified.',
  ticket_field: '\nFound by a field of the ticket, which anybody may have filled in: not verified.',
};

/** `by`: the agent's name, and the approver's. `rule`: of the policy, by which it was allowed; null: it is not known. */
export function noteOf(row: Row, news: RefundNews, { by, rule }: { by: string; rule: string | null }): string {
  const what = `${inNote({ minor: row.amountMinor, currency: row.currency })} to ${describeInstrument(row.instrument)}`;
  const ref = row.providerRef === null ? '' : `\n\nStripe: ${row.providerRef}`;
  const verified = NOT_VERIFIED[row.matchedBy] ?? '';
  const asked = `${verified}${reasonInNote(row)}${rule === null ? '' : allowedBy(rule)}${ref}`;
  switch (news) {
    case 'done':
      return withoutPlaceholders(`Refund of ${what} made by ${by}${asked}`);
    case 'pending':
      return withoutPlaceholders(`Refund of ${what} started by ${by}. The bank has it; a note follows.${asked}`);
    case 'refused':
      return withoutPlaceholders(`Refund of ${what}, started by ${by}, was not made: ${explainRefusal(row)}`);
    case 'failed':
      return withoutPlaceholders(
        `Refund of ${what}, started by ${by}, failed at the bank. Nothing was paid back.${ref}`,
      );
    case 'came_back':
      return withoutPlaceholders(
        `Refund of ${what}, made by ${by}, came back from the bank. The customer did not get it.${ref}`,
      );
  }
}

const REFUSALS: Readonly<Record<RefundRefusal, string>> = {
  already_refunded: 'the payment is already refunded.',
  disputed: 'the customer disputes the payment at their bank.',
  dispute_lost: 'the bank has paid the customer: lost dispute.',
  not_enough_left: 'less is left of the payment.',
  balance_insufficient: 'the balance at Stripe is too low. Somebody who manages it can add money; then refund again.',
  payment_missing: 'Stripe does not know the payment any more.',
  amount_not_possible: 'Stripe cannot move this amount in this currency.',
  rejected: 'Stripe rejected it.',
  stopped: 'refunds were stopped meanwhile.',
  no_access: 'the key of Stripe may not make refunds. An operator can change that.',
  not_sent: 'it was no longer waiting to be sent, and Stripe does not have it.',
};

const explainRefusal = ({ refusedBecause }: Row): string => REFUSALS[refusedBecause ?? 'rejected'];

/** `Visa ending in 4242`, `us bank account ending in 6789`. */
function describeInstrument({ kind, brand, last4 }: Row['instrument']): string {
  const name = brand ?? kind.replaceAll('_', ' ');
  const shown = name.charAt(0).toUpperCase() + name.slice(1);
  return last4 === null ? shown : `${shown} ending in ${last4}`;
}

/** Reads the name of an agent for a note. */
export async function nameOfAgent(tx: Queryable, agentId: number): Promise<string> {
  const [person] = await tx.select({ name: people.name }).from(people).where(eq(people.id, agentId));
  return agentName(person?.name ?? null, agentId);
}
