// Plans and applies the webhook alone, before there is a database: its secret is what the service needs to start.
import type { AccountObjects, RawObject } from '../zendesk/account-objects.ts';
import { compare } from './compare.ts';
import { desiredWebhook } from './desired-state.ts';
import { NOTHING } from './find-objects.ts';
import { valuesOf } from './kinds.ts';
import type { Calls } from './patient-calls.ts';
import { perform } from './perform-step.ts';
import { idOf, type Step } from './plan.ts';

export interface WebhookPlan {
  /** Null: it must be created. */
  known: KnownWebhook | null;
  /** Other active webhooks that send to the same address, each with its own secret. */
  others: { id: string; name: string }[];
  /** Null: nothing is to be written. */
  step: Step | null;
}

export interface KnownWebhook {
  id: string;
  isOff: boolean;
  /** Event types it must subscribe to in addition to those it has. */
  missing: readonly string[];
  raw: RawObject;
}

/** The comparison of `deskwright plan`, of the webhook only. Reads, and changes nothing. Throws `ZendeskError`. */
export async function planWebhook(
  objects: Pick<AccountObjects, 'list'>,
  calls: Calls,
  endpoint: string,
): Promise<WebhookPlan> {
  const webhooks = await calls.read(() => objects.list('webhook'));
  const desired = desiredWebhook(endpoint);
  const { steps } = compare({ objects: [desired], unknown: [] }, { ...NOTHING, webhook: webhooks }, new Map());
  const [step] = steps;
  const raw = webhooks.find((each) => idOf(each) === step?.zendeskId);
  return {
    known: raw ? describeKnown(raw, step) : null,
    others: webhooks
      .filter((one) => one['endpoint'] === endpoint && one.id !== raw?.id && one['status'] === 'active')
      .map((one) => ({ id: idOf(one), name: String(one['name']) })),
    step: step && step.action !== 'record' ? step : null,
  };
}

function describeKnown(raw: RawObject, step: Step | undefined): KnownWebhook {
  const { status, subscriptions: has = [] } = valuesOf('webhook', raw) as { status?: string; subscriptions?: string[] };
  const wanted = (step?.to['subscriptions'] ?? []) as readonly string[];
  return {
    id: idOf(raw),
    isOff: status !== 'active',
    missing: wanted.filter((type) => !has.includes(type)),
    raw,
  };
}

/** Carries the plan out and reads the webhook's signing secret. Throws `ZendeskError`. */
export async function applyWebhook(
  objects: AccountObjects,
  calls: Calls,
  { known, step }: WebhookPlan,
): Promise<{ webhookId: string; secret: string; messagingRefused: string | null }> {
  const done = step ? await perform({ objects, calls }, step, known?.raw ?? null) : { after: known?.raw ?? null };
  if (!done.after) throw new Error('The webhook was set up and is gone again. Run the command once more.');
  const webhookId = idOf(done.after);
  const secret = await calls.read(() => objects.readSigningSecret(webhookId));
  return { webhookId, secret, messagingRefused: ('messagingRefused' in done && done.messagingRefused) || null };
}
