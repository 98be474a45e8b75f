// Declares what can be asked about a webhook's deliveries.
import type { RequestTarget } from './webhook-target.ts';

export interface HeaderPair {
  key: string;
  value: string;
}

/** One try, as `GET /webhooks/{id}/invocations/{iid}/attempts` shows it. Times are ISO 8601. */
export interface DeliveryAttempt {
  id: string;
  invocation_id: string;
  completed_at: string;
  status: 'success' | 'failed';
  /** 504 for a time-out, as Zendesk logs it; 0 when the receiver could not be reached. */
  status_code: number;
  request: { headers: readonly HeaderPair[]; payload: string };
  response: { headers: readonly HeaderPair[]; payload: string };
}

/** One delivery with all its tries, as `GET /webhooks/{id}/invocations` shows it. */
export interface DeliveryInvocation {
  id: string;
  latest_completed_at: string;
  status: 'success' | 'failed' | 'retrying' | 'throttled' | 'circuit broken';
  /** 0 when nothing was sent. */
  status_code: number;
}

/** What the receiver answered to a test delivery. */
export interface TestDeliveryResponse {
  status_code: number;
  headers: readonly HeaderPair[];
  payload: string;
}

export interface TestDeliveryOptions {
  /** The saved webhook, for the webhook-id header. */
  webhookId?: string | undefined;
  secret?: string | undefined;
  payload?: string | undefined;
}

/** The sender's log and the test delivery, for the REST API. */
export interface Deliveries {
  /** Newest first; the log keeps the latest 1,000 of each webhook. */
  invocations: (webhookId: string) => readonly DeliveryInvocation[];
  /** Null when the webhook has no such invocation (any more). */
  attempts: (webhookId: string, invocationId: string) => readonly DeliveryAttempt[] | null;
  /**
   * Sends once, without retries or log. `secret` signs it; without one it is signed as a webhook that is not saved yet.
   * `payload` replaces the standard test body. A receiver that cannot be reached answers status code 0; a time-out 504.
   */
  test: (target: RequestTarget, options?: TestDeliveryOptions) => Promise<TestDeliveryResponse>;
}
