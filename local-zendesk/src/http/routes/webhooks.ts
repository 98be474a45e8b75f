// Routes for webhooks.
import type { Webhook, WebhookInput } from '../../account/access.ts';
import type { Actor } from '../../account/actor.ts';
import { webhookBody, webhookTestBody } from '../bodies/access.ts';
import { withBody } from '../bodies/parse-body.ts';
import type { Call, Reply, Route } from '../call.ts';
import { cursorPage, paginate } from '../paging/paginate.ts';
import { created, errors, noContent, ok, replyTo } from '../replies.ts';
import { showWebhook } from '../shapes/access.ts';

const find = (call: Call): Webhook | undefined => call.account.webhooks.find(call.params['id'] ?? '');
const unknown = (): Reply => errors(404, 'WebhookNotFound', 'Webhook not found');

/** Newest first; the cursor is only in `meta`, because this list has no `links`. */
function list(call: Call): Reply {
  const contains = (call.query.get('filter[name_contains]') ?? '').toLowerCase();
  const status = call.query.get('filter[status]');
  const query = new URLSearchParams(call.query);
  if (!query.has('sort')) query.set('sort', '-id');
  const page = cursorPage<Webhook>(
    { ...call, query },
    {
      key: 'webhooks',
      items: call.account.webhooks
        .list()
        .filter((webhook) => webhook.name.toLowerCase().includes(contains))
        .filter((webhook) => status === null || webhook.status === status),
      idOf: (webhook) => webhook.id,
      show: showWebhook,
      cursorSorts: { name: (webhook) => webhook.name, status: (webhook) => webhook.status },
    },
  );
  return page.ok ? ok({ webhooks: page.items.map(showWebhook), meta: page.paging['meta'] }) : page.reply;
}

/** `?clone_webhook_id=` copies one; what the body says wins. */
function create(call: Call): Reply | Promise<Reply> {
  const original = call.account.webhooks.find(call.query.get('clone_webhook_id') ?? '');
  const body = original === undefined ? call.body : (call.body ?? { webhook: {} });
  return withBody({ ...call, body }, webhookBody, ({ webhook }) => {
    const { signing_secret: _secret, ...copied } = original ?? { signing_secret: '' };
    return replyTo(call.account.webhooks.create({ ...copied, ...webhook }, call.by), (made) =>
      created({ webhook: showWebhook(made) }),
    );
  });
}

const WHOLE: WebhookInput = { description: null, authentication: null, custom_headers: null };

/** PUT is the whole object: what it leaves out is emptied. PATCH changes what it names. */
const update =
  (base: WebhookInput) =>
  (call: Call): Reply | Promise<Reply> =>
    withBody(call, webhookBody, ({ webhook }) =>
      replyTo(call.account.webhooks.update(call.params['id'] ?? '', { ...base, ...webhook }, call.by), noContent),
    );

const withWebhook =
  (answer: (call: Call, webhook: Webhook) => Reply | Promise<Reply>): Route['handle'] =>
  (call) => {
    const webhook = find(call);
    return webhook === undefined ? unknown() : answer(call, webhook);
  };

const secretOf = (webhook: Webhook): unknown => ({
  signing_secret: { algorithm: 'SHA256', secret: webhook.signing_secret },
});

/** With `webhook_id` the saved webhook; without, one not saved yet, which is signed with the static test secret. */
function test(call: Call): Reply | Promise<Reply> {
  const saved = call.account.webhooks.find(call.query.get('webhook_id') ?? '');
  if (call.query.has('webhook_id') && saved === undefined) return unknown();
  return withBody(call, webhookTestBody, async ({ request }) => {
    const endpoint = request.endpoint ?? saved?.endpoint;
    if (endpoint === undefined || !URL.canParse(endpoint))
      return errors(400, 'InvalidRequest', 'endpoint is not a URL');
    const target = {
      endpoint,
      http_method: request.http_method ?? saved?.http_method ?? 'POST',
      request_format: request.request_format ?? saved?.request_format ?? 'json',
      authentication: request.authentication ?? saved?.authentication ?? null,
      custom_headers: request.custom_headers ?? saved?.custom_headers ?? null,
    } as const;
    const response = await call.deliveries.test(target, {
      ...(saved && { webhookId: saved.id, secret: saved.signing_secret }),
      ...(request.payload !== undefined && { payload: request.payload }),
    });
    return ok({ response });
  });
}

function invocations(call: Call, webhook: Webhook): Reply {
  const status = call.query.get('filter[status]');
  const query = new URLSearchParams(call.query);
  if (!query.has('page[size]')) query.set('page[size]', '100');
  query.set('sort', '-latest_completed_at');
  const reply = paginate(
    { ...call, query },
    {
      key: 'invocations',
      items: call.deliveries.invocations(webhook.id).filter((one) => status === null || one.status === status),
      idOf: (one) => one.id,
      show: (one) => one,
      cursorSorts: { latest_completed_at: (one) => one.latest_completed_at },
    },
  );
  const { links } = reply.body as { links?: { next: string | null } };
  return { ...reply, ...(links?.next && { headers: { link: `<${links.next}>; rel="next"` } }) };
}

function attempts(call: Call, webhook: Webhook): Reply {
  const found = call.deliveries.attempts(webhook.id, call.params['invocationId'] ?? '');
  return found === null ? errors(404, 'InvocationNotFound', 'Invocation not found') : ok({ attempts: found });
}

const scope = 'webhooks';
const role = 'admin';
const get = { method: 'get', scope, role } as const;
const remove = (call: Call, by: Actor): Reply =>
  replyTo(call.account.webhooks.delete(call.params['id'] ?? '', by), noContent);

export const webhookRoutes: readonly Route[] = [
  { ...get, path: '/webhooks', handle: list },
  { method: 'post', path: '/webhooks', scope, role, handle: create },
  { method: 'post', path: '/webhooks/test', scope, role, handle: test },
  { ...get, path: '/webhooks/:id', handle: withWebhook((_call, webhook) => ok({ webhook: showWebhook(webhook) })) },
  { method: 'put', path: '/webhooks/:id', scope, role, handle: update(WHOLE) },
  { method: 'patch', path: '/webhooks/:id', scope, role, handle: update({}) },
  { method: 'delete', path: '/webhooks/:id', scope, role, handle: (call) => remove(call, call.by) },
  { ...get, path: '/webhooks/:id/signing_secret', handle: withWebhook((_call, webhook) => ok(secretOf(webhook))) },
  {
    method: 'post',
    path: '/webhooks/:id/signing_secret',
    scope,
    role,
    handle: (call) =>
      replyTo(call.account.webhooks.resetSecret(call.params['id'] ?? '', call.by), (webhook) =>
        created(secretOf(webhook)),
      ),
  },
  { ...get, path: '/webhooks/:id/invocations', handle: withWebhook(invocations) },
  { ...get, path: '/webhooks/:id/invocations/:invocationId/attempts', handle: withWebhook(attempts) },
];
