// Receives a webhook: reads, verifies, stores, acknowledges.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { aboutError } from '../../platform/errors/about-error.ts';
import { createBodyBudget } from '../../platform/http/request-body.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import { OverloadedError } from './group-commit.ts';
import { type Inbox, UnstorableError } from './inbox.ts';
import { readDelivery } from './read-delivery.ts';
import { readRawBody, verifySignature } from './read-signed-body.ts';
import { EVENT_TYPES } from './ticket-event.ts';
import { WEBHOOK_PROBLEMS, type WebhookProblem } from './webhook-problem.ts';

export interface WebhookDeps {
  inbox: Pick<Inbox, 'receive' | 'isFull'>;
  /** The current secret, then previous ones. */
  secrets: readonly string[];
  logger: Logger;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Counts every request by type (see `countedType`) and result. */
  onReceived?: (type: string, outcome: 'accepted' | WebhookProblem['code']) => void;
  /** Largest body in bytes. A Zendesk trigger's body has at most 16,000 characters, an event is a few kilobytes. */
  maxBytes?: number;
  /** Largest total size of all bodies being read, in bytes. */
  maxBytesInReading?: number;
  /**
   * Maximum age of a signature, in milliseconds; null (the default): any. Zendesk documents no window and does not say whether it
   * signs retries again, so a limit could lose events; duplicates are recognised by their ids anyway.
   */
  maxAgeMs?: number | null;
}

export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => void;

const ACCEPTED = '{"status":"accepted"}';

/** Answers one POST: verifies the bytes, parses them, stores them, and only then acknowledges. Plain Node, no Express: see `Route`. */
export function createWebhookHandler(deps: WebhookDeps): WebhookHandler {
  const { inbox, secrets, maxBytes = 1_000_000 } = deps;
  const budget = createBodyBudget(deps.maxBytesInReading ?? 32_000_000);
  if (secrets.length === 0) throw new Error('createWebhookHandler needs at least one signing secret');

  return (request, response) => void respond(request, response);

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { type, problem } = await receive(request);
      deps.onReceived?.(countedType(type), problem?.code ?? 'accepted');
      if (problem) answerProblem(response, problem);
      else answer(response, 200, ACCEPTED);
    } catch (error) {
      // Never 500: Zendesk would drop the event.
      deps.logger.error(aboutError(error), 'Receiving a webhook failed');
      answerProblem(response, WEBHOOK_PROBLEMS.database_away);
    }
  }

  async function receive(request: IncomingMessage): Promise<{ type: string; problem: WebhookProblem | null }> {
    const refuse = (code: WebhookProblem['code'], type = 'unread') => ({ type, problem: WEBHOOK_PROBLEMS[code] });
    const { headers } = request;
    const timestamp = one(headers['x-zendesk-webhook-signature-timestamp']);
    const signature = one(headers['x-zendesk-webhook-signature']);
    // Before the body: an unsigned request need not be read. Counted separately from a wrong signature: requests by strangers say
    // nothing about our secret.
    if (!signature || !timestamp) return refuse('unsigned');
    if (inbox.isFull()) return refuse('overloaded');
    const body = await readRawBody(request, maxBytes, budget);
    if (!body.ok) return refuse(body.problem);
    if (!verifySignature(secrets, { signature, timestamp, rawBody: body.bytes })) return refuse('bad_signature');
    if (isTooOld(timestamp)) return refuse('too_old');
    const delivery = readDelivery(body.bytes, one(headers['x-zendesk-webhook-invocation-id']) ?? null);
    if (!delivery) return refuse('not_json');
    try {
      await inbox.receive(delivery);
    } catch (error) {
      return refuse(problemOf(error), delivery.type);
    }
    return { type: delivery.type, problem: null };
  }

  function isTooOld(timestamp: string | undefined): boolean {
    if (deps.maxAgeMs === null || deps.maxAgeMs === undefined) return false;
    return !(Math.abs(deps.clock() - Date.parse(timestamp ?? '')) <= deps.maxAgeMs);
  }

  function problemOf(error: unknown): WebhookProblem['code'] {
    if (error instanceof OverloadedError) return 'overloaded';
    deps.logger.warn(aboutError(error), 'A webhook could not be stored');
    return error instanceof UnstorableError ? 'unstorable' : 'database_away';
  }
}

/** Only `set-cookie` is a list, but the types do not say so. */
function one(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function answerProblem(response: ServerResponse, problem: WebhookProblem): void {
  const text = JSON.stringify({ error: problem.code, message: problem.message, action: problem.action });
  answer(response, problem.status, text, problem.retryAfter);
}

/** With a Content-Length header, the answer is sent in one piece. */
function answer(response: ServerResponse, status: number, text: string, retryAfter?: number): void {
  const headers: Record<string, string | number> = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  };
  if (retryAfter !== undefined) headers['retry-after'] = retryAfter;
  response.writeHead(status, headers);
  response.end(text);
}

const KNOWN = new Set([
  ...EVENT_TYPES.map((type) => type.replace('zen:event-type:', '')),
  'trigger',
  'unknown',
  'unread',
]);

/** The type itself if it is known, otherwise `other`: each label value is a time series, and an account may send any type. */
function countedType(type: string): string {
  return KNOWN.has(type) ? type : 'other';
}
