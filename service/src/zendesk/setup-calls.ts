// Reads the lists that an admin set up in an account, each record as it is.
import { z } from 'zod';
import { readShape } from './read-shape.ts';
import { stoppedWhile } from './stopped-while.ts';
import type { Transport } from './transport.ts';
import { ZendeskError } from './zendesk.ts';

/** The lists of an account as Zendesk returns them. An entry may be anything. */
export interface AccountSetup {
  readonly groups: readonly unknown[];
  readonly views: readonly unknown[];
  readonly triggers: readonly unknown[];
  readonly automations: readonly unknown[];
  readonly macros: readonly unknown[];
  readonly ticketFields: readonly unknown[];
  readonly brands: readonly unknown[];
  readonly forms: readonly unknown[];
  /** Agents and admins, and others whom rules name. */
  readonly users: readonly unknown[];
  /** Those that rules name. */
  readonly organizations: readonly unknown[];
  /** Who changed rules, the newest first; null: the account keeps no log that we may read. */
  readonly ruleChanges: readonly unknown[] | null;
  /** Lists that could not be read, with the reason. */
  readonly unread: ReadonlyArray<{ readonly list: string; readonly why: string }>;
}

/** Zendesk refuses these for good: the plan lacks the list, or this login may not read it. */
const REFUSED: readonly string[] = ['forbidden', 'not_found', 'rejected'];
const MOST_PAGES = 500;
/** The log goes back to the first day; who changed a rule last stands at its beginning. */
const MOST_LOG_PAGES = 20;
/** Ids of one call of `show_many`. */
const MOST_IDS = 100;
const NOTHING_WRITTEN = 'Nothing was written.';

const page = z.looseObject({
  meta: z.looseObject({ has_more: z.boolean().catch(false) }).nullish(),
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
  next_page: z.string().nullish().catch(null),
});

/**
 * A list that the account refuses is named in `unread`.
 * @throws Error that says at which list reading stopped, when Zendesk does not answer or the login is refused
 */
export async function readAccountSetup(transport: Transport): Promise<AccountSetup> {
  const unread: Array<{ list: string; why: string }> = [];
  async function list(name: string, path: string, key: string, most = MOST_PAGES): Promise<unknown[] | null> {
    try {
      return await readPages(transport, path, key, most);
    } catch (error) {
      if (!(error instanceof ZendeskError)) throw error;
      if (!REFUSED.includes(error.kind) || error.concernsAll)
        return stoppedWhile(`reading the ${name}`, NOTHING_WRITTEN, () => Promise.reject(error));
      unread.push({ list: name, why: error.message });
      return null;
    }
  }
  const groups = (await list('groups', '/api/v2/groups', 'groups')) ?? [];
  const triggers = (await list('triggers', '/api/v2/triggers', 'triggers')) ?? [];
  const automations = (await list('automations', '/api/v2/automations', 'automations')) ?? [];
  const views = (await list('views', '/api/v2/views', 'views')) ?? [];
  const macros = (await list('macros', '/api/v2/macros', 'macros')) ?? [];
  const ticketFields = (await list('ticket fields', '/api/v2/ticket_fields', 'ticket_fields')) ?? [];
  const brands = (await list('brands', '/api/v2/brands', 'brands')) ?? [];
  const forms = (await list('forms', '/api/v2/ticket_forms', 'ticket_forms')) ?? [];
  const agents = (await list('users', '/api/v2/users?role[]=agent&role[]=admin', 'users')) ?? [];
  const changes = await list(
    'log of changes',
    '/api/v2/audit_logs?filter[source_type]=rule&sort=-created_at',
    'audit_logs',
    MOST_LOG_PAGES,
  );
  const rules = [...triggers, ...automations, ...views];
  const known = new Set(agents.map(idOf));
  const userIds = idsIn(rules, /^(?:assignee_id|requester_id)$/).filter((id) => !known.has(id));
  const others = await byIds('users', userIds);
  const organizations = await byIds('organizations', idsIn(rules, /^organization_id$/));
  return {
    groups,
    triggers,
    automations,
    views,
    macros,
    ticketFields,
    brands,
    forms,
    users: [...agents, ...others],
    organizations,
    ruleChanges: changes,
    unread,
  };

  async function byIds(name: 'users' | 'organizations', ids: readonly string[]): Promise<unknown[]> {
    const found: unknown[] = [];
    for (let at = 0; at < ids.length; at += MOST_IDS) {
      const path = `/api/v2/${name}/show_many?ids=${ids.slice(at, at + MOST_IDS).join(',')}`;
      found.push(...((await list(name, path, name, 1)) ?? []));
    }
    return found;
  }
}

/** Who is in which group, and what hands out tickets; null: the account refuses to say. */
export interface AccountStaff {
  readonly memberships: readonly unknown[] | null;
  readonly queues: readonly unknown[] | null;
}

/** @throws Error that says where reading stopped, when Zendesk does not answer or the login is refused */
export async function readAccountStaff(transport: Transport): Promise<AccountStaff> {
  const list = (name: string, path: string, key: string): Promise<unknown[] | null> =>
    stoppedWhile(`reading the ${name}`, NOTHING_WRITTEN, async () => {
      try {
        return await readPages(transport, path, key, MOST_PAGES);
      } catch (error) {
        // Also 404 for an address that the account's plan does not have.
        if (error instanceof ZendeskError && (error.status === 403 || error.status === 404)) return null;
        throw error;
      }
    });
  return {
    memberships: await list('members of groups', '/api/v2/group_memberships', 'group_memberships'),
    queues: await list('queues', '/api/v2/queues', 'queues'),
  };
}

async function readPages(transport: Transport, path: string, key: string, most: number): Promise<unknown[]> {
  const all: unknown[] = [];
  const seen = new Set<string>();
  let next: string | null = path.includes('show_many')
    ? path
    : `${path}${path.includes('?') ? '&' : '?'}page[size]=100`;
  while (next !== null && !seen.has(next) && seen.size < most) {
    seen.add(next);
    const { body } = await transport('GET', next);
    all.push(...(readShape(z.looseObject({ [key]: z.array(z.unknown()) }), body, `list ${key}`)[key] ?? []));
    const { meta, links, next_page: offset } = readShape(page, body, `list ${key}`);
    const link: string | null | undefined = meta ? (meta.has_more ? links?.next : null) : offset;
    next = link ? pathOf(link) : null;
  }
  return all;
}

/** The login is sent to the configured address only, whatever host the link names. */
function pathOf(link: string): string {
  const { pathname, search } = new URL(link, 'https://zendesk.invalid');
  return pathname + search;
}

/** Ids that conditions on such a field name. */
function idsIn(rules: readonly unknown[], fields: RegExp): string[] {
  const ids = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const { field, value: wanted } = value as { field?: unknown; value?: unknown };
      if (typeof field === 'string' && fields.test(field) && /^\d{1,19}$/.test(String(wanted))) ids.add(String(wanted));
      Object.values(value).forEach(visit);
    }
  };
  visit(rules);
  return [...ids];
}

const idOf = (record: unknown): string =>
  typeof record === 'object' && record !== null && 'id' in record ? String(record.id) : '';
