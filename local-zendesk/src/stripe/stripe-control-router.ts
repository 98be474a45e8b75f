// Lets an admin or a test change what the local Stripe has and how it behaves, below /control/stripe.
import { type Response, Router } from 'express';
import { z } from 'zod';
import type { StripeAccount } from './stripe-account.ts';
import type { StripeFaults } from './stripe-faults.ts';
import type { StripeWebhooks } from './stripe-webhooks.ts';

const chance = z.strictObject({
  rate: z.number().min(0).max(1).optional(),
  next: z.number().int().nonnegative().optional(),
});
const slow = chance.extend({ ms: z.number().nonnegative().optional() });
const account = z.string().startsWith('acct_').nullish();

const REQUESTS = {
  faults: z.strictObject({
    busy: chance.optional(),
    broken: chance.optional(),
    slow: slow.optional(),
    lost: chance.optional(),
    webhook_late: slow.optional(),
    webhook_double: chance.optional(),
    webhook_lost: chance.optional(),
  }),
  customer: z.strictObject({ email: z.email(), name: z.string().optional(), account }),
  charge: z.strictObject({
    amount: z.number().int().positive(),
    currency: z.string().regex(/^[a-z]{3}$/i),
    customer: z.string().optional(),
    email: z.email().optional(),
    description: z.string().optional(),
    method: z.string().optional(),
    last4: z.string().length(4).optional(),
    /** Epoch milliseconds. */
    at: z.number().int().optional(),
    account,
  }),
  dispute: z.strictObject({ reason: z.string().optional(), dueInS: z.number().optional() }),
  closed: z.strictObject({ status: z.enum(['won', 'lost']) }),
  settled: z.strictObject({ status: z.enum(['succeeded', 'failed']), failure_reason: z.string().optional() }),
  balance: z.strictObject({ left: z.number().int().nonnegative().nullable() }),
};

interface Deps {
  stripe: StripeAccount;
  faults: StripeFaults;
  webhooks: StripeWebhooks;
}

/** JSON, already parsed. Answers with what was made, as Stripe shows it. */
export function stripeControlRouter({ stripe, faults, webhooks }: Deps): Router {
  const router = Router();
  const handle = <T extends z.ZodType>(
    path: string,
    schema: T,
    act: (given: z.infer<T>, id: string) => object | null | undefined,
  ) =>
    router.post(`/control/stripe${path}`, (request, response) => {
      const given = schema.safeParse(request.body ?? {});
      if (!given.success) return refuse(response, 400, z.prettifyError(given.error));
      const made = act(given.data, String((request.params as { id?: string }).id));
      if (made === null) refuse(response, 404, 'There is no such thing, or it has ended.');
      else response.json(made ?? state());
    });
  const state = () => ({
    faults: faults.state(),
    charges: stripe.charges(null).length,
    refunds: stripe.refunds(null).length,
    events: webhooks.events().length,
    unfinished: webhooks.unfinished(),
  });

  router.get('/control/stripe', (_request, response) => void response.json(state()));
  handle('/faults', REQUESTS.faults, (given) => {
    faults.set(given);
    return undefined;
  });
  handle('/customers', REQUESTS.customer, (given) => stripe.addCustomer(given));
  handle('/charges', REQUESTS.charge, (given) => stripe.addCharge(given));
  handle('/charges/:id/dispute', REQUESTS.dispute, ({ reason, dueInS }, id) =>
    stripe.dispute(id, { ...(reason && { reason }), ...(dueInS && { dueInS }) }),
  );
  handle('/disputes/:id', REQUESTS.closed, ({ status }, id) => stripe.closeDispute(id, status));
  handle('/refunds/:id', REQUESTS.settled, ({ status, failure_reason: why }, id) =>
    stripe.settleRefund(id, status, why),
  );
  handle('/balance', REQUESTS.balance, ({ left }) => {
    stripe.setBalance(left);
    return undefined;
  });
  return router;
}

function refuse(response: Response, status: number, description: string): void {
  response.status(status).json({ error: 'ControlRefused', description });
}
