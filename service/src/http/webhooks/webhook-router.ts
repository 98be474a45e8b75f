// Where do webhooks come in?
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Router } from 'express';
import { createWebhookHandler, type WebhookDeps, type WebhookHandler } from './webhook-handler.ts';

const WEBHOOK_PATH = '/webhooks/zendesk';

/** `POST /webhooks/zendesk` for an Express application. Mount it before any body parser: the signature is over the bytes. */
export function createWebhookRouter(deps: WebhookDeps): Router {
  const handle = createWebhookHandler(deps);
  const router = express.Router();
  router.post(WEBHOOK_PATH, (request, response) => handle(request, response));
  return router;
}

/**
 * Lets webhooks in before an Express application sees them: routing and body parsing took two to four times the processor time of all
 * that receiving needs (`bench/receive.js`). Everything else goes to `app`.
 */
export function webhooksFirst(
  handle: WebhookHandler,
  app: (request: IncomingMessage, response: ServerResponse) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (request.method === 'POST' && request.url === WEBHOOK_PATH) handle(request, response);
    else app(request, response);
  };
}
