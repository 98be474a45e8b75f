// Plans the webhook alone, before there is a database: its secret is what the service needs to start.

import type { RawObject } from '../zendesk/account-objects.ts';
import { compare } from './compare.ts';
import { desiredWebhook } from './desired-state.ts';
import { bodyOf, valuesOf } from './kinds.ts';
import { idOf, type Step } from './plan.ts';

export interface WebhookStep {
  /** Null: it is there, as it should be. */
  step: Step | null;
  /** Null: it is to be created. */
  webhookId: string | null;
  /** What is to be sent, with these event types. */
  bodyWith: (subscriptions: readonly string[]) => Record<string, unknown>;
  /** Event types that it has or is to have. */
  subscriptions: readonly string[];
  /** Of these, what is missing now. */
  missing: readonly string[];
  /** It is there, and switched off. */
  isOff: boolean;
}

/** The same comparison as in `deskwright plan`. Pure. */
export function planWebhookStep(webhooks: readonly RawObject[], endpoint: string): WebhookStep {
  const desired = desiredWebhook(endpoint);
  const account = { group: [], ticket_field: [], view: [], webhook: webhooks };
  const [step] = compare({ objects: [desired], unknown: [] }, account, new Map()).steps;
  const raw = webhooks.find((each) => idOf(each) === step?.zendeskId) ?? null;
  const current = raw && valuesOf('webhook', raw);
  const to = step?.to ?? {};
  const subscriptions = to['subscriptions'] as readonly string[];
  const has = (current?.['subscriptions'] ?? []) as readonly string[];
  return {
    step: step?.action === 'record' ? null : (step ?? null),
    webhookId: raw && idOf(raw),
    bodyWith: (types) => bodyOf('webhook', { ...to, subscriptions: types }, raw),
    subscriptions,
    missing: subscriptions.filter((type) => !has.includes(type)),
    isOff: current !== null && current['status'] !== 'active',
  };
}
