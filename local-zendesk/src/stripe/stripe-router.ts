// Answers Stripe's REST API below /v1, as far as the service uses it.
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Answer, IdempotencyMemory } from './idempotency-memory.ts';
import { isRefusal, type StripeAccount } from './stripe-account.ts';
import type { StripeFaults } from './stripe-faults.ts';
import { invalidRequest } from './stripe-objects.ts';
import type { StripeWebhooks } from './stripe-webhooks.ts';

/** Keys that the stand-in knows: one with all rights, and a restricted one that may only read. */
export const STRIPE_SECRET_KEY = 'sk_test_local';
export const STRIPE_READ_ONLY_KEY = 'rk_test_local_read';
export const STRIPE_WEBHOOK_SECRET = 'whsec_local';

interface Deps {
  stripe: StripeAccount;
  faults: StripeFaults;
  memory: IdempotencyMemory;
  webhooks: StripeWebhooks;
}

const refundBody = z.looseObject({
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
  amount: z.coerce.number().optional(),
  reason: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});
const endpointBody = z.looseObject({ url: z.url(), enabled_events: z.array(z.string()).min(1) });

/** `account`: connected accounts, as the header Stripe-Account names them. */
const accountOf = (request: Request): string | null => request.get('stripe-account') ?? null;

export function stripeRouter({ stripe, faults, memory, webhooks }: Deps): Router {
  const router = Router();
  router.use('/v1', express.urlencoded({ extended: true }), (request, response, next) => {
    const key = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    if (faults.happens('busy'))
      return send(response.set('stripe-should-retry', 'false'), refuse(429, 'rate_limit_error', 'Too many requests.'));
    if (faults.happens('broken')) return send(response, refuse(500, 'api_error', 'An unknown error occurred.'));
    if (key !== STRIPE_SECRET_KEY && key !== STRIPE_READ_ONLY_KEY)
      return send(response, refuse(401, 'invalid_request_error', 'Invalid API Key provided.'));
    if (key === STRIPE_READ_ONLY_KEY && request.method !== 'GET')
      return send(
        response,
        refuse(403, 'invalid_request_error', 'The provided key does not have the required permissions.'),
      );
    next();
  });

  const list = <T extends { id: string; created: number }>(
    path: string,
    read: (account: string | null) => readonly T[],
    filters: readonly (keyof T & string)[],
  ) => {
    router.get(`/v1/${path}`, (request, response) => {
      const given = request.query as Record<string, string | undefined>;
      const since = Number(given['created[gte]'] ?? 0);
      const found = read(accountOf(request)).filter(
        (one) => one.created >= since && filters.every((key) => given[key] === undefined || given[key] === one[key]),
      );
      const after = given['starting_after'];
      const from = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
      const limit = Math.min(Number(given['limit'] ?? 10), 100);
      const data = found.slice(from, from + limit).map(shown);
      response.json({ object: 'list', url: `/v1/${path}`, has_more: from + limit < found.length, data });
    });
    router.get(`/v1/${path}/:id`, (request, response) => {
      const found = read(accountOf(request)).find(({ id }) => id === request.params['id']);
      if (found !== undefined) return void response.json(shown(found));
      const { status, error } = invalidRequest(`No such ${path}: '${request.params['id']}'`, {
        code: 'resource_missing',
        param: 'id',
        status: 404,
      });
      response.status(status).json({ error });
    });
  };
  list('customers', stripe.customers, ['email']);
  list('charges', stripe.charges, ['customer', 'payment_intent']);
  list('refunds', stripe.refunds, ['charge', 'payment_intent']);
  list('disputes', stripe.disputes, ['charge', 'payment_intent']);

  router.post('/v1/refunds', (request, response) => {
    const key = request.get('idempotency-key') ?? null;
    const repeated = key === null ? null : memory.begin(key, `${request.path} ${JSON.stringify(request.body)}`);
    const answer = repeated ?? makeRefund(stripe, request, key);
    const end = () => {
      if (key !== null && repeated === null) memory.end(key, answer);
    };
    if (repeated === null && faults.happens('lost')) {
      end();
      return void request.socket.destroy();
    }
    if (repeated === null && faults.happens('slow'))
      return void setTimeout(() => {
        end();
        send(response, answer);
      }, faults.ms.slow).unref();
    end();
    send(response, answer);
  });

  router.get('/v1/webhook_endpoints', (_request, response) => {
    const data = webhooks.endpoints().map(({ secret: _secret, ...rest }) => rest);
    response.json({ object: 'list', url: '/v1/webhook_endpoints', has_more: false, data });
  });
  router.post('/v1/webhook_endpoints', (request, response) => {
    const given = endpointBody.safeParse(request.body);
    if (given.success)
      response.json(webhooks.addEndpoint(given.data.url, given.data.enabled_events, STRIPE_WEBHOOK_SECRET));
    else send(response, refuse(400, 'invalid_request_error', 'Missing required param: url or enabled_events.'));
  });
  router.use('/v1', (request, response) =>
    send(response, refuse(404, 'invalid_request_error', `Unrecognized request URL (${request.path}).`)),
  );
  return router;
}

function makeRefund(stripe: StripeAccount, request: Request, idempotencyKey: string | null): Answer {
  const given = refundBody.safeParse(request.body ?? {});
  if (!given.success) return refuse(400, 'invalid_request_error', 'Invalid parameters.');
  const made = stripe.refund({ ...given.data, idempotencyKey }, accountOf(request));
  return isRefusal(made) ? { status: made.status, body: { error: made.error } } : { status: 200, body: shown(made) };
}

/** As it is now: later changes are not part of an answer. */
function shown<T extends object>(object: T): Omit<T, 'account'> {
  const { account: _account, ...rest } = structuredClone(object) as T & { account?: unknown };
  return rest;
}

const refuse = (status: number, type: string, message: string): Answer => ({
  status,
  body: { error: { type, message } },
});

function send(response: Response, { status, body }: Answer): void {
  response.status(status).json(body);
}
