// Stores webhooks. Deliveries are made in `webhooks/`.
import { ulid } from 'ulid';
import type { Webhook, WebhookInput } from './access.ts';
import type { Webhooks } from './access-api.ts';
import type { Actor } from './actor.ts';
import type { Core } from './core.ts';
import { isEventType, MESSAGE_ADDED } from './event-types.ts';
import { invalid, ok, type Result, refuse } from './result.ts';
import { defined } from './values.ts';

const FOR_TRIGGERS = 'conditional_ticket_events';

interface Features {
  /** False: the account does not offer the event of messaging. */
  messaging: boolean;
}

/** A webhook serves triggers or platform events, never both, and cannot change from one to the other. */
const kindOf = (subscriptions: readonly string[]): 'triggers' | 'events' | 'mixed' => {
  const forTriggers = subscriptions.filter((name) => name === FOR_TRIGGERS).length;
  if (forTriggers === subscriptions.length) return 'triggers';
  return forTriggers === 0 ? 'events' : 'mixed';
};

const check = (webhook: Webhook, { messaging }: Features): Result<Webhook> => {
  if (webhook.name.trim() === '') return invalid('name', 'Name: cannot be blank', 'BlankValue');
  if (!URL.canParse(webhook.endpoint)) return invalid('endpoint', 'Endpoint: is not a valid URL', 'InvalidValue');
  const kind = kindOf(webhook.subscriptions);
  if (kind === 'mixed') return invalid('subscriptions', 'Subscriptions: cannot mix event and trigger types');
  const isOffered = (name: string): boolean => isEventType(name) && (messaging || name !== MESSAGE_ADDED);
  const unknown = webhook.subscriptions.find((name) => name !== FOR_TRIGGERS && !isOffered(name));
  // The words of this refusal are not documented; only that Zendesk answers 400.
  if (unknown !== undefined) {
    return refuse({
      kind: 'bad_value',
      message: `You passed an invalid value for the webhook.subscriptions attribute. There is no event type "${unknown}"; each must be named in full, such as zen:event-type:ticket.created`,
    });
  }
  if (kind === 'events' && (webhook.http_method !== 'POST' || webhook.request_format !== 'json')) {
    return invalid('http_method', 'Webhooks which subscribe to events must use POST and json', 'InvalidValue');
  }
  return ok(webhook);
};

export function createWebhookStore(core: Core, features: Features): Webhooks {
  const webhooks = new Map<string, Webhook>();
  const log = (by: Actor, action: 'create' | 'update' | 'destroy', webhook: Webhook): void =>
    core.log(by, { action, source_type: 'webhook', source_id: 0, source_label: `${webhook.name} (${webhook.id})` });
  const newSecret = (): string => core.secret(32);

  const keep = (checked: Result<Webhook>, by: Actor, action: 'create' | 'update'): Result<Webhook> => {
    if (!checked.ok) return checked;
    webhooks.set(checked.value.id, Object.freeze(checked.value));
    log(by, action, checked.value);
    return checked;
  };

  const update = (id: string, input: WebhookInput, by: Actor): Result<Webhook> => {
    const old = webhooks.get(id);
    if (old === undefined) return refuse({ kind: 'not_found' });
    if (input.subscriptions !== undefined && kindOf(input.subscriptions) !== kindOf(old.subscriptions)) {
      return invalid('subscriptions', 'Subscriptions: a webhook cannot change its kind', 'InvalidValue');
    }
    return keep(
      check({ ...old, ...defined(input), updated_at: core.stamp(by), updated_by: String(by.id) }, features),
      by,
      'update',
    );
  };

  return {
    create: (input, by) => {
      const at = core.stamp(by);
      const webhook: Webhook = {
        id: ulid(core.at(by)),
        name: input.name ?? '',
        description: input.description ?? null,
        status: input.status ?? 'active',
        endpoint: input.endpoint ?? '',
        http_method: input.http_method ?? 'POST',
        request_format: input.request_format ?? 'json',
        subscriptions: input.subscriptions?.length ? input.subscriptions : [FOR_TRIGGERS],
        authentication: input.authentication ?? null,
        custom_headers: input.custom_headers ?? null,
        created_at: at,
        created_by: String(by.id),
        updated_at: at,
        updated_by: String(by.id),
        signing_secret: input.signing_secret ?? newSecret(),
      };
      return keep(check(webhook, features), by, 'create');
    },
    update,
    delete: (id, by) => {
      const webhook = webhooks.get(id);
      if (webhook === undefined) return refuse({ kind: 'not_found' });
      webhooks.delete(id);
      log(by, 'destroy', webhook);
      return ok(webhook);
    },
    resetSecret: (id, by) => update(id, { signing_secret: newSecret() }, by),
    find: (id) => webhooks.get(id),
    list: () => [...webhooks.values()],
  };
}
