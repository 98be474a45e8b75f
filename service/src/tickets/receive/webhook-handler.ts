// Receives a webhook: reads, verifies, stores, acknowledges, or answers with what Zendesk can act on.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { aboutError } from '../../platform/errors/about-error.ts';
import { createBodyBudget } from '../../platform/http/request-body.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import { OverloadedError } from './group-commit.ts';
import { type Inbox, UnstorableError } from './inbox.ts';
import { readDelivery, readRawBody, verifySignature } from './read-delivery.ts';
import { EVENT_TYPES } from './ticket-event.ts';

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

interface WebhookProblem {
  status: number;
  /** Stable word for scripts and metrics. */
  code:
    | 'unsigned'
    | 'bad_signature'
    | 'too_old'
    | 'not_json'
    | 'unstorable'
    | 'too_large'
    | 'encoded'
    | 'cut_off'
    | 'overloaded'
    | 'database_away';
  message: string;
  action: string;
  /** Seconds. Zendesk retries only if told a time below 60 s (webhook delivery rules). */
  retryAfter?: number;
}

const RETRY_AFTER = 30;

const WEBHOOK_PROBLEMS = {
  unsigned: {
    status: 401,
    code: 'unsigned',
    message: 'The request has no signature, so it does not come from a Zendesk webhook.',
    action:
      'Send it through a Zendesk webhook, which signs every request with the secret in ZENDESK_WEBHOOK_SECRET. A proxy in between must pass the headers x-zendesk-webhook-signature and x-zendesk-webhook-signature-timestamp on.',
  },
  bad_signature: {
    status: 401,
    code: 'bad_signature',
    message: 'The signature does not match the body: it was made with another secret.',
    action:
      'Set ZENDESK_WEBHOOK_SECRET to the signing secret of this webhook (Admin Center > Apps and integrations > Webhooks > Reveal secret). While a secret is being replaced, keep the old one in ZENDESK_WEBHOOK_SECRET_PREVIOUS.',
  },
  too_old: {
    status: 401,
    code: 'too_old',
    message: 'The signature was made too long ago.',
    action: 'Check the clocks, or raise or remove the age limit if Zendesk delivers late.',
  },
  not_json: {
    status: 400,
    code: 'not_json',
    message: 'The body is not JSON.',
    action:
      'Configure the webhook to send JSON. In a Zendesk trigger send ids only, as in {"ticket_id": {{ticket.id}}}: a quote or a line break in a subject breaks hand-written JSON.',
  },
  unstorable: {
    status: 400,
    code: 'unstorable',
    message: 'The body is JSON that the database cannot store.',
    action: 'Send ids only, as in {"ticket_id": {{ticket.id}}}.',
  },
  too_large: {
    status: 413,
    code: 'too_large',
    message: 'The body is larger than this service accepts.',
    action: 'Send ids only, as in {"ticket_id": {{ticket.id}}}, or raise the limit.',
  },
  encoded: {
    status: 415,
    code: 'encoded',
    message: 'The body is compressed or encoded, but signatures are verified over plain bytes.',
    action: 'Send it without Content-Encoding.',
  },
  cut_off: {
    status: 400,
    code: 'cut_off',
    message: 'The request ended before its body was complete.',
    action: 'Send it again.',
  },
  overloaded: {
    status: 503,
    code: 'overloaded',
    message: 'Too many events are waiting to be stored.',
    action: 'Send it again later.',
    retryAfter: RETRY_AFTER,
  },
  database_away: {
    status: 503,
    code: 'database_away',
    message: 'The event could not be stored.',
    action: 'Send it again later. Operators: see /readyz and the log.',
    retryAfter: RETRY_AFTER,
  },
} as const satisfies Record<WebhookProblem['code'], WebhookProblem>;
