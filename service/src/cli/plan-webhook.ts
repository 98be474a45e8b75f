// Compares the account's webhooks with the one the service needs.
import { z } from 'zod';
import { EVENT_TYPES } from '../tickets/receive/event-types.ts';
import type { Call } from './call-zendesk.ts';

export interface WebhookPlan {
  /** Null: one has to be made. */
  known: KnownWebhook | null;
  /** Active ones that send to the same address, each with a secret of its own. */
  others: { id: string; name: string }[];
}

export interface KnownWebhook {
  id: string;
  isOff: boolean;
  /** Event types it should subscribe to beside those of `subscriptions`. */
  missing: string[];
  subscriptions: string[];
}

const page = z.object({
  webhooks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      endpoint: z.string(),
      status: z.string(),
      subscriptions: z.array(z.string()),
    }),
  ),
  meta: z.object({ has_more: z.boolean() }).optional(),
  links: z.object({ next: z.string().nullish() }).optional(),
});

type Webhook = z.infer<typeof page>['webhooks'][number];

/** Looks at all webhooks of the account, and changes nothing. Throws with Zendesk's answer. */
export async function planWebhook(call: Call, endpoint: string): Promise<WebhookPlan> {
  const here = (await listWebhooks(call)).filter((one) => one.endpoint === endpoint);
  const known = here.find(({ subscriptions }) => isForEvents(subscriptions));
  return {
    known: known
      ? {
          id: known.id,
          isOff: known.status !== 'active',
          missing: EVENT_TYPES.filter((type) => !known.subscriptions.includes(type)),
          subscriptions: known.subscriptions,
        }
      : null,
    others: here.filter((one) => one !== known && one.status === 'active').map(({ id, name }) => ({ id, name })),
  };
}

/** One that triggers fire can never take events. */
const isForEvents = (subscriptions: readonly string[]): boolean =>
  subscriptions.every((name) => name !== 'conditional_ticket_events');

async function listWebhooks(call: Call): Promise<Webhook[]> {
  const all: Webhook[] = [];
  let path: string | null = '/api/v2/webhooks?page[size]=100';
  while (path !== null) {
    const { webhooks, meta, links } = page.parse(await call('GET', path));
    all.push(...webhooks);
    // Zendesk may name a next page behind the last one.
    path = meta?.has_more !== false && links?.next ? pathOf(links.next) : null;
  }
  return all;
}

/** Our login goes to the address we were told, whatever host the answer names. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}
