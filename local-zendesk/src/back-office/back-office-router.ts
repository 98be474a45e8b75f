// Answers as the systems of a shop would: accounts, orders, parcels, log files. Errors and silence can be asked for.
import express, { type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { BackOffice } from './back-office.ts';

/** The secret `back_office` of the example policy's tools. */
export const BACK_OFFICE_SECRET = 'local-back-office';

const faultShape = z.object({ fault: z.enum(['none', 'error', 'silent']) });

/** Below `/backoffice`; `POST /backoffice/fault` makes all of it fail or fall silent until it is set back. */
export function backOfficeRouter(office: BackOffice): Router {
  const router = Router();
  const json = express.json({ limit: '100kb' });
  let fault: z.output<typeof faultShape>['fault'] = 'none';

  router.post('/backoffice/fault', json, (request, response) => {
    const asked = faultShape.safeParse(request.body);
    if (!asked.success) return void response.status(400).json({ error: 'fault: none, error or silent' });
    fault = asked.data.fault;
    return void response.json({ fault });
  });
  const guard: RequestHandler = (request, response, next) => {
    if (request.get('authorization') !== `Bearer ${BACK_OFFICE_SECRET}`)
      return void response.status(401).json({ error: 'a secret is needed' });
    if (fault === 'silent') return;
    if (fault === 'error') return void response.status(503).json({ error: 'out of order' });
    next();
  };
  router.use('/backoffice/v1', guard, json);

  router.get('/backoffice/v1/accounts/:key', ({ params }, response) => send(response, office.account(params.key)));
  router.get('/backoffice/v1/accounts/:key/logs', ({ params }, response) => {
    const entries = office.logs(params.key);
    send(response, entries.length === 0 ? null : { entries });
  });
  router.get('/backoffice/v1/orders', ({ query }, response) =>
    send(response, { orders: office.ordersOf(typeof query['email'] === 'string' ? query['email'] : '') }),
  );
  router.get('/backoffice/v1/orders/:number', ({ params }, response) => send(response, office.order(params.number)));
  router.get('/backoffice/v1/parcels/:number', ({ params }, response) => send(response, office.parcel(params.number)));
  router.post('/backoffice/v1/accounts/:key/cancel', (request, response) => {
    const { reason } = z.looseObject({ reason: z.string().default('') }).parse(request.body ?? {});
    const key = request.get('idempotency-key') ?? '';
    if (!office.cancel(request.params.key, reason, key))
      return void response.status(409).json({ error: 'no such active account' });
    send(response, { status: 'cancelled' });
  });
  router.post('/backoffice/v1/accounts/:key/recoveries', (request, response) => {
    const sent = office.recover(request.params.key, request.get('idempotency-key') ?? '');
    if (sent === null) return void response.status(409).json({ error: 'no such active account' });
    send(response, sent);
  });
  router.post('/backoffice/v1/password-resets', (request, response) => {
    const asked = z.looseObject({ email: z.email() }).safeParse(request.body);
    if (!asked.success) return void response.status(422).json({ error: 'email is missing' });
    const times = office.reset(asked.data.email, request.get('idempotency-key') ?? '');
    send(response, { sentTo: asked.data.email, times });
  });
  return router;
}

function send(response: Response, body: object | null): void {
  if (body === null) response.status(404).json({ error: 'not found' });
  else response.json(body);
}
