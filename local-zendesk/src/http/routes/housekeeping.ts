// Routes for the admin log, jobs, skips, tags and settings.
import type { AuditLog, Skip } from '../../account/access.ts';
import { withBody } from '../bodies/parse-body.ts';
import { skipBody } from '../bodies/ticket.ts';
import type { Call, Reply, Route } from '../call.ts';
import { tagIndexBuckets } from '../limits/buckets.ts';
import { paginate } from '../paging/paginate.ts';
import { idParam } from '../params.ts';
import { created, notFound, ok, replyTo } from '../replies.ts';
import { showAuditLog, showSkip } from '../shapes/access.ts';
import { showJob } from '../shapes/job.ts';

/** Newest first; `filter[source_type|source_id|actor_id|action|created_at]`, each repeatable with `[]`. */
function listLogs(call: Call): Reply {
  const { query, account } = call;
  const asked = (name: string): Set<string> =>
    new Set([...query.getAll(`filter[${name}]`), ...query.getAll(`filter[${name}][]`)]);
  const keeps = (name: keyof AuditLog, log: AuditLog): boolean => {
    const values = asked(name);
    return values.size === 0 || values.has(String(log[name]));
  };
  const [from = '', to = ''] = query.getAll('filter[created_at][]');
  const names = ['source_type', 'source_id', 'actor_id', 'action'] as const;
  const items = account.auditLogs
    .list()
    .filter((log) => names.every((name) => keeps(name, log)))
    .filter((log) => (from === '' || log.created_at >= from) && (to === '' || log.created_at <= to));
  return paginate<AuditLog>(call, {
    key: 'audit_logs',
    items: query.get('sort_order') === 'asc' ? items.toReversed() : items,
    idOf: (log) => log.id,
    show: (log) => showAuditLog(account, call.url, log),
    cursorSorts: { created_at: (log) => log.created_at },
  });
}

function showLog(call: Call): Reply {
  const log = call.account.auditLogs.find(idParam(call));
  return log === undefined ? notFound() : ok({ audit_log: showAuditLog(call.account, call.url, log) });
}

function showJobs(call: Call): Reply {
  const ids = (call.query.get('ids') ?? '').split(',');
  const jobs = ids.flatMap((id) => call.jobs.find(id) ?? []);
  return ok({ job_statuses: jobs.map((job) => showJob(call.url, job)) });
}

function showOneJob(call: Call): Reply {
  const job = call.jobs.find(call.params['id'] ?? '');
  return job === undefined ? notFound() : ok({ job_status: showJob(call.url, job) });
}

const skips =
  (filterBy: 'ticket_id' | 'user_id' | null) =>
  (call: Call): Reply => {
    const found = call.account.skips.list(filterBy === null ? {} : { [filterBy]: idParam(call) });
    return paginate<Skip>(call, {
      key: 'skips',
      items: call.query.get('sort_order') === 'desc' ? found.toReversed() : found,
      idOf: (skip) => skip.id,
      show: (skip) => showSkip(call.account, call.url, skip),
    });
  };

function skip(call: Call): Reply | Promise<Reply> {
  return withBody(call, skipBody, ({ skip: input }) =>
    replyTo(call.account.skips.record(input, call.by), (made) =>
      created({ skip: showSkip(call.account, call.url, made) }),
    ),
  );
}

function listTags(call: Call): Reply {
  const counts = new Map<string, number>();
  for (const ticket of call.account.tickets.list()) {
    for (const tag of ticket.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return paginate(call, {
    key: 'tags',
    items: [...counts].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count),
    idOf: (tag) => tag.name,
    show: (tag) => tag,
  });
}

const settings = ({ account }: Call): Reply =>
  ok({
    settings: {
      active_features: { customer_satisfaction: false, on_hold_status: true, business_hours: false },
      tickets: { maximum_personal_views_to_list: 30, status_hold: true, tagging: true },
      brands: { default_brand_id: account.brands.list().find((brand) => brand.default)?.id ?? null },
    },
  });

const get = 'get';

export const housekeepingRoutes: readonly Route[] = [
  { method: get, path: '/audit_logs', scope: 'auditlogs', role: 'admin', handle: listLogs },
  { method: get, path: '/audit_logs/:id', scope: 'auditlogs', role: 'admin', handle: showLog },
  {
    method: get,
    path: '/job_statuses',
    scope: 'any',
    handle: (call) =>
      ok({
        job_statuses: call.jobs
          .list()
          .slice(0, 100)
          .map((job) => showJob(call.url, job)),
      }),
  },
  { method: get, path: '/job_statuses/show_many', scope: 'any', handle: showJobs },
  { method: get, path: '/job_statuses/:id', scope: 'any', handle: showOneJob },
  { method: get, path: '/skips', scope: 'tickets', handle: skips(null) },
  { method: 'post', path: '/skips', scope: 'tickets', handle: skip },
  { method: get, path: '/tickets/:id/skips', scope: 'tickets', handle: skips('ticket_id') },
  { method: get, path: '/users/:id/skips', scope: 'tickets', handle: skips('user_id') },
  { method: get, path: '/tags', scope: 'global', buckets: tagIndexBuckets, handle: listTags },
  { method: get, path: '/account/settings', scope: 'global', handle: settings },
];
