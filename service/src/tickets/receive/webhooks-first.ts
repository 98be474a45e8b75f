// Where do webhooks come in?
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebhookHandler } from './webhook-handler.ts';

const PATH = '/webhooks/zendesk';

/**
 * Lets webhooks in before an Express application sees them: routing and body parsing took two to four times the processor time of all
 * that receiving needs (`bench/receive.js`). Everything else goes to `app`.
 */
export function webhooksFirst(
  handle: WebhookHandler,
  app: (request: IncomingMessage, response: ServerResponse) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const isOurs = request.url === PATH || request.url?.startsWith(`${PATH}?`);
    if (isOurs && request.method === 'POST') handle(request, response);
    else app(request, response);
  };
}
