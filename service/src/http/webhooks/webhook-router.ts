// How is a webhook received?
import express, { type Request, type Response, type Router } from 'express';
import { aboutError } from '../../inbox/about-error.ts';
import { OverloadedError } from '../../inbox/group-commit.ts';
import { type Inbox, UnstorableError } from '../../inbox/inbox.ts';
import { readDelivery } from '../../inbox/read-delivery.ts';
import type { Logger } from '../../logging/logger.ts';
import { verifySignature } from './verify-signature.ts';
import { WEBHOOK_PROBLEMS, type WebhookProblem } from './webhook-problem.ts';

export interface WebhookRouterDeps {
  inbox: Pick<Inbox, 'receive' | 'isFull'>;
  /** The secret in force, then those it replaced. */
  secrets: readonly string[];
  logger: Logger;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Counts every request: what it was about, how it ended. */
  onReceived?: (type: string, outcome: 'accepted' | WebhookProblem['code']) => void;
  /** Largest body in bytes. A trigger's body holds at most 16,000 characters, an event is a few kilobytes. */
  maxBytes?: number;
  /**
   * Oldest signature taken, in milliseconds; null (as shipped): any. Zendesk states no window and does not say whether it
   * signs retries anew, so a limit may lose events; duplicates are told by their ids anyway.
   */
  maxAgeMs?: number | null;
}

/** `POST /webhooks/zendesk`: verify the bytes, read them, store them, and only then say so. Mount it before any body parser. */
export function createWebhookRouter(deps: WebhookRouterDeps): Router {
  const { secrets, maxBytes = 1_000_000 } = deps;
  if (secrets.length === 0) throw new Error('createWebhookRouter needs at least one signing secret');
  const router = express.Router();
  // Bytes as they came: the signature is over them. `inflate: false`, because nobody should unpack what nobody has signed.
  const rawBody = express.raw({ type: () => true, limit: maxBytes, inflate: false });
  router.post('/webhooks/zendesk', shedLoad, rawBody, receive);
  router.use('/webhooks/zendesk', refuse);
  return router;

  function shedLoad(_request: Request, response: Response, next: () => void): void {
    if (deps.inbox.isFull()) answer(response, WEBHOOK_PROBLEMS.overloaded);
    else next();
  }

  async function receive(request: Request, response: Response): Promise<void> {
    const body: unknown = request.body;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const timestamp = request.get('x-zendesk-webhook-signature-timestamp');
    const signature = request.get('x-zendesk-webhook-signature');
    if (!verifySignature(secrets, { signature, timestamp, rawBody: bytes }))
      return answer(response, WEBHOOK_PROBLEMS.bad_signature);
    if (isTooOld(timestamp)) return answer(response, WEBHOOK_PROBLEMS.too_old);
    const delivery = readDelivery(bytes, request.get('x-zendesk-webhook-invocation-id') ?? null);
    if (!delivery) return answer(response, WEBHOOK_PROBLEMS.not_json);
    try {
      await deps.inbox.receive(delivery);
    } catch (error) {
      return answer(response, problemOf(error), delivery.type);
    }
    deps.onReceived?.(delivery.type, 'accepted');
    response.status(200).type('json').send('{"status":"accepted"}');
  }

  function isTooOld(timestamp: string | undefined): boolean {
    if (deps.maxAgeMs === null || deps.maxAgeMs === undefined) return false;
    return !(Math.abs(deps.clock() - Date.parse(timestamp ?? '')) <= deps.maxAgeMs);
  }

  function problemOf(error: unknown): WebhookProblem {
    if (error instanceof OverloadedError) return WEBHOOK_PROBLEMS.overloaded;
    deps.logger.warn(aboutError(error), 'A webhook could not be stored');
    return error instanceof UnstorableError ? WEBHOOK_PROBLEMS.unstorable : WEBHOOK_PROBLEMS.database_away;
  }

  function answer(response: Response, problem: WebhookProblem, type = 'unread'): void {
    deps.onReceived?.(type, problem.code);
    if (problem.retryAfter !== undefined) response.set('retry-after', String(problem.retryAfter));
    response.status(problem.status).json({ error: problem.code, message: problem.message, action: problem.action });
  }

  /** What reading the body throws (http-errors of `raw-body`), and whatever else went wrong: never 500, because Zendesk would drop the event. */
  function refuse(error: unknown, _request: Request, response: Response, _next: () => void): void {
    const type = error instanceof Error && 'type' in error ? String(error.type) : '';
    const problem = BODY_PROBLEMS[type];
    if (!problem) deps.logger.error(aboutError(error), 'Receiving a webhook failed');
    answer(response, problem ?? WEBHOOK_PROBLEMS.database_away);
  }
}

const BODY_PROBLEMS: Record<string, WebhookProblem> = {
  'entity.too.large': WEBHOOK_PROBLEMS.too_large,
  'encoding.unsupported': WEBHOOK_PROBLEMS.encoded,
  'request.aborted': WEBHOOK_PROBLEMS.cut_off,
  'request.size.invalid': WEBHOOK_PROBLEMS.cut_off,
};
