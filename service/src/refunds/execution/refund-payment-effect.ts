// Defines the effect `refund_payment`: one refund at the provider, by its request.
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { EffectDefinition } from '../../platform/outbox/effect-definition.ts';
import { ticketInScope } from '../../tickets/index.ts';

export const REFUND_PAYMENT: EffectDefinition<{ requestId: string }> = {
  name: 'refund_payment',
  description: 'A refund at the provider of payments',
  payload: z.strictObject({ requestId: z.string() }),
  priority: () => 0,
  inScope: ({ subjectId }) => ticketInScope(subjectId, sql`NULL::bigint`),
  // The provider is asked what became of it before anything is tried again.
  whenInDoubt: 'retry',
  mustEnd: true,
  advise: () =>
    'Look in /readyz whether Stripe answers, then retry it: what became of it is looked up first, and nothing is refunded twice.',
};
