// Sends changes to the webhooks that subscribe to them.
import type { Message } from '../account/conversations.ts';
import type { TicketChange, WebhookAction } from '../account/ticket-change.ts';
import type { Clock } from '../clock.ts';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';
import type { Deliveries } from './deliveries.ts';
import { attemptDelivery, type DeliveryDeps } from './delivery.ts';
import { createDeliveryLog } from './delivery-log.ts';
import { type Envelope, envelopes, messageEnvelope } from './envelopes.ts';
import { eventsOfChange, type NameOf } from './events-of-change.ts';
import { createLane, type Lane } from './lane.ts';
import { createWebhookTransport, type WebhookTransport } from './post-webhook.ts';
import { sendTestDelivery } from './send-test-delivery.ts';
import type { WebhookDirectory, WebhookTarget } from './webhook-target.ts';

/** What happens to one delivery before it is sent: 0 copies drops it, 2 doubles it. */
export interface DeliveryFate {
  copies: number;
  /** Never sent, and listed among the invocations with this status. */
  lostAs?: 'throttled' | 'circuit broken' | undefined;
  /** Milliseconds on the account's clock. */
  delayMs: number;
}

export interface WebhookSenderDeps {
  accountId: number;
  webhooks: WebhookDirectory;
  clock: Clock;
  nameOf: NameOf;
  /** Ids of envelopes (UUIDs at Zendesk). */
  newEventId: () => string;
  /** Ids of invocations and attempts (ULIDs at Zendesk). */
  newInvocationId: () => string;
  /** Asked once per delivery. Left out, every delivery is sent once and at once. */
  fateOfDelivery?: () => DeliveryFate;
  transport?: WebhookTransport;
  /** Real milliseconds; by default Zendesk's 12 s. */
  timeoutMs?: number;
  /** First pause after a time-out or 409. */
  retryPauseMs?: number;
  /** Deliveries in flight per webhook. */
  inFlight?: number;
}

export interface WebhookSender extends Deliveries {
  ticketChanged: (change: TicketChange) => void;
  messageAdded: (message: Message) => void;
  triggerFired: (action: WebhookAction) => void;
  /** Deliveries waiting, running, delayed or due for a retry. */
  unfinished(): number;
  /** True once an active webhook listens to ticket events. */
  hasSubscriber(): boolean;
  stop(): void;
}

const ONCE: DeliveryFate = { copies: 1, delayMs: 0 };

/** Sends independent deliveries, some side by side: their order on the wire is not promised, as at Zendesk. */
export function createWebhookSender(deps: WebhookSenderDeps): WebhookSender {
  const { clock, webhooks, accountId, newInvocationId } = deps;
  const transport = deps.transport ?? createWebhookTransport();
  const timeoutMs = deps.timeoutMs ?? 12_000;
  const log = createDeliveryLog();
  const lanes = new Map<string, Lane>();
  const breakers = new Map<string, CircuitBreaker>();
  let scheduled = 0;
  let stopped = false;

  const laneOf = (id: string) => getOrMake(lanes, id, () => createLane(deps.inFlight ?? 16));
  const breakerOf = (id: string) => getOrMake(breakers, id, () => createCircuitBreaker(clock.now));

  function later(ms: number, run: () => void) {
    scheduled += 1;
    clock.schedule(ms, () => {
      scheduled -= 1;
      if (!stopped) run();
    });
  }

  function deliver(target: WebhookTarget, body: string) {
    const { copies, delayMs, lostAs } = deps.fateOfDelivery?.() ?? ONCE;
    if (lostAs !== undefined) {
      const at = new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z');
      log.record(target.id, { id: newInvocationId(), latest_completed_at: at, status: lostAs, status_code: 0 }, null);
      return;
    }
    const lane = laneOf(target.id);
    const breaker = breakerOf(target.id);
    for (let copy = 0; copy < copies; copy += 1) {
      const delivery = { target, breaker, invocationId: newInvocationId(), body };
      const deliveryDeps: DeliveryDeps = {
        accountId,
        clock,
        transport,
        timeoutMs,
        retryPauseMs: deps.retryPauseMs ?? 1_000,
        newAttemptId: newInvocationId,
        record: log.record,
        again: (attempt, inMs) => later(inMs, () => lane.push(attempt)),
      };
      const start = () => lane.push(() => attemptDelivery(delivery, deliveryDeps));
      if (delayMs > 0) later(delayMs, start);
      else start();
    }
  }

  function emit(make: () => Envelope[]) {
    const listening = [...webhooks.list()].filter((webhook) => webhook.status === 'active');
    if (listening.length === 0) return;
    for (const envelope of make()) {
      const targets = listening.filter((webhook) => webhook.subscriptions.includes(envelope.type));
      if (targets.length === 0) continue;
      const body = JSON.stringify(envelope);
      for (const target of targets) deliver(target, body);
    }
  }

  const named = { accountId, newId: deps.newEventId };
  return {
    ticketChanged: (change) => emit(() => envelopes(change, eventsOfChange(change, deps.nameOf), named)),
    messageAdded: (message) => emit(() => [messageEnvelope(message, named)]),
    triggerFired({ webhookId, body }) {
      const target = webhooks.find(webhookId);
      if (target?.status === 'active' && target.subscriptions.includes('conditional_ticket_events'))
        deliver(target, body);
    },
    unfinished: () => scheduled + [...lanes.values()].reduce((sum, lane) => sum + lane.size(), 0),
    hasSubscriber: () =>
      [...webhooks.list()].some(
        ({ status, subscriptions }) =>
          status === 'active' && subscriptions.some((name) => name.startsWith('zen:event-type:ticket.')),
      ),
    invocations: log.invocations,
    attempts: log.attempts,
    test: (target, options = {}) =>
      sendTestDelivery(target, options, { accountId, clock, transport, timeoutMs, newInvocationId }),
    stop() {
      stopped = true;
      for (const lane of lanes.values()) lane.clear();
      transport.close();
    },
  };
}

function getOrMake<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
