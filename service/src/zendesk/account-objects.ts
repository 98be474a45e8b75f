// Reads and writes the objects that an admin sets up in an account: groups, ticket fields, views, macros, webhooks.
import { z } from 'zod';
import { orNull, type ReadList, readShape } from './read-shape.ts';
import { auditLogShape } from './shapes.ts';
import type { Transport } from './transport.ts';

export type ObjectKind = 'group' | 'ticket_field' | 'view' | 'macro' | 'webhook';

/** As Zendesk returns it, with every key: what is restored later must be what was there. */
export type RawObject = Readonly<Record<string, unknown>> & { readonly id: number | string };

/** All throw `ZendeskError`. An object that cannot be read fails the list: taken for absent, it would be made a second time. */
export interface AccountObjects {
  list(kind: ObjectKind): Promise<RawObject[]>;
  /** Without those that cannot be read, which are reported: for what makes none that it does not find. */
  listReadable(kind: 'view'): Promise<RawObject[]>;
  show(kind: ObjectKind, id: string): Promise<RawObject | null>;
  create(kind: ObjectKind, body: Readonly<Record<string, unknown>>): Promise<RawObject>;
  /** Changes only the keys in `body`. Returns what Zendesk answered; null: nothing. */
  update(kind: ObjectKind, id: string, body: Readonly<Record<string, unknown>>): Promise<RawObject | null>;
  /** False: it was gone already. */
  remove(kind: ObjectKind, id: string): Promise<boolean>;
  /** Who last changed or deleted it; null: unknown. */
  whoChanged(kind: ObjectKind, id: string): Promise<LastChange | null>;
  /** The secret with which the webhook's requests are signed. */
  readSigningSecret(webhookId: string): Promise<string>;
  /** Sends one test delivery to the webhook's address; the status that came back, 0: none. */
  testWebhook(webhookId: string): Promise<number>;
  /** Installed apps of Zendesk Support. */
  listInstallations(): Promise<Installation[]>;
  /** Of the app's package; null: Zendesk does not say. */
  readAppVersion(appId: number): Promise<string | null>;
  /** Ids of the tickets that the view shows, at most `most`. */
  listViewTickets(viewId: string, most: number): Promise<number[]>;
  /** Agents of each group, by the group's id. */
  countMembers(): Promise<Map<number, number>>;
}

interface Endpoint {
  path: string;
  /** Key of one object, and of the list. */
  one: string;
  many: string;
  /** Its name in the audit log. */
  source: string;
  shape: z.ZodType<RawObject>;
}

const number = z.looseObject({ id: z.number() });
const ENDPOINTS: Record<ObjectKind, Endpoint> = {
  group: {
    path: '/api/v2/groups',
    one: 'group',
    many: 'groups',
    source: 'group',
    shape: number.extend({ name: z.string() }),
  },
  ticket_field: {
    path: '/api/v2/ticket_fields',
    one: 'ticket_field',
    many: 'ticket_fields',
    source: 'ticket_field',
    shape: number.extend({ type: z.string(), title: z.string() }),
  },
  view: {
    path: '/api/v2/views',
    one: 'view',
    many: 'views',
    source: 'rule',
    shape: number.extend({ title: z.string(), execution: z.looseObject({}) }),
  },
  macro: {
    path: '/api/v2/macros',
    one: 'macro',
    many: 'macros',
    source: 'rule',
    shape: number.extend({ title: z.string(), actions: z.array(z.looseObject({ field: z.string() })) }),
  },
  webhook: {
    path: '/api/v2/webhooks',
    one: 'webhook',
    many: 'webhooks',
    source: 'webhook',
    shape: z.looseObject({
      id: z.string(),
      name: z.string(),
      endpoint: z.string(),
      status: z.string(),
      subscriptions: z.array(z.string()),
    }),
  },
};

const paging = z.object({
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).optional(),
  links: z.object({ next: z.string().nullish() }).optional(),
});
const viewTickets = paging.extend({ tickets: z.array(z.looseObject({ id: z.number() })) });
const secretAnswer = z.object({ signing_secret: z.object({ secret: z.string() }) });
const testAnswer = z.object({ response: z.object({ status_code: z.number().catch(0) }) });
const installation = z.object({
  app_id: z.number(),
  enabled: z.boolean().catch(true),
  /** Without the secure ones. */
  settings: z.record(z.string(), z.unknown()).catch({}),
});
const appAnswer = z.object({ version: z.string().nullish().catch(null) });

type Installation = z.output<typeof installation>;
const membership = z.looseObject({ id: z.number(), group_id: z.number() });

export function createAccountObjects(transport: Transport, readList: ReadList): AccountObjects {
  /** By cursor; lists of webhooks have no links, and other lists may name a next page after the last. */
  async function pages<S extends z.ZodType>(path: string, key: string, shape: S): Promise<z.output<S>[]> {
    const all: z.output<S>[] = [];
    for (let next: string | null = `${path}?page[size]=100`; next !== null; ) {
      const { body } = await transport('GET', next);
      const what = `list ${key}`;
      all.push(...(readShape(z.looseObject({ [key]: z.array(shape) }), body, what)[key] as z.output<S>[]));
      const { meta, links } = readShape(paging, body, what);
      next = meta?.has_more ? nextOf(path, meta.after_cursor, links?.next) : null;
    }
    return all;
  }
  const unwrap = ({ one, shape }: Endpoint, body: unknown, what: string): RawObject =>
    readShape(z.looseObject({ [one]: shape }), body, what)[one] as RawObject;

  return {
    list: (kind) => pages(ENDPOINTS[kind].path, ENDPOINTS[kind].many, ENDPOINTS[kind].shape),
    async listReadable(kind) {
      const { path, many, shape } = ENDPOINTS[kind];
      return readList(shape, await pages(path, many, z.unknown()), { kind, what: `list ${many}` });
    },
    async show(kind, id) {
      const answer = await orNull(transport('GET', `${ENDPOINTS[kind].path}/${id}`));
      return answer && unwrap(ENDPOINTS[kind], answer.body, `show ${kind}`);
    },
    async create(kind, body) {
      const { path, one } = ENDPOINTS[kind];
      return unwrap(ENDPOINTS[kind], (await transport('POST', path, { [one]: body })).body, `create ${kind}`);
    },
    async update(kind, id, body) {
      const { path, one } = ENDPOINTS[kind];
      // PUT of a webhook replaces all of it.
      const answer = await transport(kind === 'webhook' ? 'PATCH' : 'PUT', `${path}/${id}`, { [one]: body });
      return kind === 'webhook' ? null : unwrap(ENDPOINTS[kind], answer.body, `update ${kind}`);
    },
    remove: async (kind, id) => (await orNull(transport('DELETE', `${ENDPOINTS[kind].path}/${id}`))) !== null,
    whoChanged: (kind, id) => whoChanged(transport, readList, ENDPOINTS[kind].source, id),
    async readSigningSecret(webhookId) {
      const { body } = await transport('GET', `/api/v2/webhooks/${webhookId}/signing_secret`);
      return readShape(secretAnswer, body, 'show signing secret').signing_secret.secret;
    },
    async testWebhook(webhookId) {
      const path = `/api/v2/webhooks/test?webhook_id=${encodeURIComponent(webhookId)}`;
      const { body } = await transport('POST', path, { request: {} });
      return readShape(testAnswer, body, 'test webhook').response.status_code;
    },
    async listInstallations() {
      const { body } = await transport('GET', '/api/support/apps/installations.json');
      return readShape(z.object({ installations: z.array(installation) }), body, 'list app installations')
        .installations;
    },
    async readAppVersion(appId) {
      const answer = await orNull(transport('GET', `/api/v2/apps/${appId}.json`));
      return (answer && readShape(appAnswer, answer.body, 'show app').version) ?? null;
    },
    async listViewTickets(viewId, most) {
      const ids: number[] = [];
      const path = `/api/v2/views/${viewId}/tickets`;
      for (let next: string | null = `${path}?page[size]=100`; next !== null && ids.length < most; ) {
        const { body } = await transport('GET', next);
        const { tickets, meta, links } = readShape(viewTickets, body, 'list tickets of a view');
        ids.push(...tickets.map(({ id }) => id));
        next = meta?.has_more ? nextOf(path, meta.after_cursor, links?.next) : null;
      }
      return ids;
    },
    async countMembers() {
      const counts = new Map<number, number>();
      for (const { group_id } of await pages('/api/v2/group_memberships', 'group_memberships', membership))
        counts.set(group_id, (counts.get(group_id) ?? 0) + 1);
      return counts;
    },
  };
}

/** The login is sent to the configured address only, whatever host the link names. Null: the account names no next page. */
function nextOf(path: string, cursor: string | null | undefined, link: string | null | undefined): string | null {
  if (cursor) return `${path}?page[size]=100&page[after]=${encodeURIComponent(cursor)}`;
  if (!link) return null;
  const { pathname, search } = new URL(link);
  return pathname + search;
}

export interface LastChange {
  name: string;
  /** ISO 8601. */
  at: string;
}

/** Null: unknown. Only some plans have the log, and only admins can read it. */
async function whoChanged(
  transport: Transport,
  readList: ReadList,
  sourceType: string,
  sourceId: string,
): Promise<LastChange | null> {
  const query = new URLSearchParams({ 'filter[source_type]': sourceType, 'filter[source_id]': sourceId });
  const answer = await orNull(transport('GET', `/api/v2/audit_logs.json?${query.toString()}`), [
    'not_found',
    'forbidden',
    'rejected',
  ]);
  if (!answer) return null;
  const { audit_logs: list } = readShape(z.object({ audit_logs: z.unknown() }), answer.body, 'list audit logs');
  const logs = readList(auditLogShape, list, { kind: 'audit_log', what: 'list audit logs', complete: false });
  const [latest] = logs.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return latest ? { name: latest.actor_name, at: latest.created_at } : null;
}
