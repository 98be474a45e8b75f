// Declares what evidence agents collect when a customer disputes a payment at their bank.
import { z } from 'zod';
import { id, line } from './atoms.ts';

/** Stripe's: https://docs.stripe.com/api/disputes/object#dispute_object-reason */
const reason = z.enum([
  'bank_cannot_process',
  'check_returned',
  'credit_not_processed',
  'customer_initiated',
  'debit_not_authorized',
  'duplicate',
  'fraudulent',
  'general',
  'incorrect_account_details',
  'insufficient_funds',
  'noncompliant',
  'product_not_received',
  'product_unacceptable',
  'subscription_canceled',
  'unrecognized',
]);

const evidence = z.strictObject({
  id: id.meta({ description: 'Its id where ticks are stored: do not change it later.', examples: ['delivery'] }),
  text: line(200).meta({ description: 'What agents read.', examples: ['Proof of delivery, with the signature'] }),
  reasons: z
    .array(reason)
    .min(1, 'is empty; write a reason or remove the entry')
    .optional()
    .meta({
      description: "The dispute's reasons, in Stripe's words, for which it is needed. Left out: for all.",
      examples: [['product_not_received']],
    }),
});

export const disputes = z.strictObject({
  evidence: z
    .array(evidence)
    .min(1, 'is empty; write what is needed or remove the entry')
    .max(30, 'has more than 30 entries')
    .meta({ description: 'What agents collect before the evidence is due, in this order.' }),
});
