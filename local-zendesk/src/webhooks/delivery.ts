// Runs one delivery from its first attempt until it is delivered or lost.
import type { Clock } from '../clock.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { DeliveryAttempt, DeliveryInvocation, HeaderPair } from './deliveries.ts';
import { type AttemptOutcome, planRetry, type RetriesSoFar } from './plan-retry.ts';
import type { WebhookReply, WebhookTransport } from './post-webhook.ts';
import { requestHeaders } from './request-headers.ts';
import type { WebhookTarget } from './webhook-target.ts';

export interface DeliveryDeps {
  accountId: number;
  clock: Clock;
  transport: WebhookTransport;
  timeoutMs: number;
  retryPauseMs: number;
  newAttemptId: () => string;
  record: (webhookId: string, invocation: DeliveryInvocation, attempt: DeliveryAttempt | null) => void;
  /** Puts the next attempt into the line of deliveries again. */
  again: (attempt: () => Promise<void>, inMs: number) => void;
}

export interface Delivery {
  target: WebhookTarget;
  breaker: CircuitBreaker;
  invocationId: string;
  body: string;
}

/** Makes one attempt and, as the retry table says, schedules the next. Never rejects. */
export async function attemptDelivery(
  delivery: Delivery,
  deps: DeliveryDeps,
  soFar: RetriesSoFar = { timeouts: 0, conflicts: 0, throttled: 0 },
): Promise<void> {
  const { target, breaker, invocationId, body } = delivery;
  const iso = () => new Date(deps.clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z');
  if (!breaker.lets()) {
    const invocation = {
      id: invocationId,
      latest_completed_at: iso(),
      status: 'circuit broken',
      status_code: 0,
    } as const;
    deps.record(target.id, invocation, null);
    return;
  }
  const { accountId, clock, timeoutMs } = deps;
  const stamp = { accountId, webhookId: target.id, invocationId, secret: target.signing_secret, at: clock.now() };
  const headers = requestHeaders(target, body, stamp);
  const request = { endpoint: target.endpoint, method: target.http_method, headers, body, timeoutMs };
  const reply = await deps.transport.send(request);

  const step = planRetry(outcomeOf(reply), soFar, deps.retryPauseMs);
  breaker.record(step.do === 'finish');
  const status_code = statusCodeOf(reply);
  deps.record(
    target.id,
    {
      id: invocationId,
      latest_completed_at: iso(),
      status: step.do === 'finish' ? 'success' : step.do === 'retry' ? 'retrying' : 'failed',
      status_code,
    },
    {
      id: deps.newAttemptId(),
      invocation_id: invocationId,
      completed_at: iso(),
      status: step.do === 'finish' ? 'success' : 'failed',
      status_code,
      request: { headers: Object.entries(headers).map(([key, value]) => ({ key, value })), payload: body },
      response: responseOf(reply),
    },
  );
  if (step.do === 'retry') {
    const next = { ...soFar, [step.because]: soFar[step.because] + 1 };
    deps.again(() => attemptDelivery(delivery, deps, next), step.inMs);
  }
}

function outcomeOf(reply: WebhookReply): AttemptOutcome {
  if (reply.kind !== 'answered') return reply;
  const header = reply.headers.find(({ key }) => key === 'retry-after')?.value;
  const seconds = header === undefined || header.trim() === '' ? Number.NaN : Number(header);
  return { kind: 'answered', status: reply.status, retryAfterS: Number.isNaN(seconds) ? null : seconds };
}

/** Zendesk logs a time-out as "Failed: 504 Gateway Timeout". */
export function statusCodeOf(reply: WebhookReply): number {
  return reply.kind === 'answered' ? reply.status : reply.kind === 'timed_out' ? 504 : 0;
}

/** What the log shows as the answer; for a failure, its reason. */
export function responseOf(reply: WebhookReply): { headers: readonly HeaderPair[]; payload: string } {
  switch (reply.kind) {
    case 'answered':
      return { headers: reply.headers, payload: reply.payload };
    case 'timed_out':
      return { headers: [], payload: 'Failed: 504 Gateway Timeout' };
    case 'unreachable':
      return { headers: [], payload: `Failed: ${reply.reason}` };
  }
}
