// Routes for triggers.
import type { Trigger, TriggerInput } from '../../account/rules.ts';
import { withBody } from '../bodies/parse-body.ts';
import { triggerBody, triggerReorderBody, triggersUpdateBody } from '../bodies/rules.ts';
import type { Call, Reply, Route } from '../call.ts';
import { triggerDefinitions } from '../definitions/trigger-definitions.ts';
import { idParam, idsParam } from '../params.ts';
import { noContent, notFound, ok, replyTo } from '../replies.ts';
import { showTrigger } from '../shapes/rule.ts';
import { crudRoutes, listReply, type Resource } from './crud.ts';

const scope = 'triggers';

const triggers: Resource<Trigger, TriggerInput> = {
  path: '/triggers',
  one: 'trigger',
  many: 'triggers',
  scope,
  updatesTellLocation: true,
  list: ({ account, query }) =>
    account.triggers.list().filter((trigger) => !query.has('active') || String(trigger.active) === query.get('active')),
  find: ({ account }, id) => account.triggers.find(id),
  idOf: (trigger) => trigger.id,
  show: ({ url }, trigger) => showTrigger(url, trigger),
  body: triggerBody,
  create: ({ account }, input, by) => account.triggers.create(input, by),
  update: ({ account }, id, input, by) => account.triggers.update(id, input, by),
  remove: ({ account }, id, by) => account.triggers.delete(id, by),
};

const some =
  (keep: (trigger: Trigger, call: Call) => boolean): Route['handle'] =>
  (call) =>
    listReply(
      call,
      triggers,
      triggers.list(call).filter((trigger) => keep(trigger, call)),
    );

/** Needs the id of every trigger. */
function reorder(call: Call): Reply | Promise<Reply> {
  return withBody(call, triggerReorderBody, ({ trigger_ids }) =>
    replyTo(call.account.triggers.reorder(trigger_ids, call.by), (list) =>
      ok({ triggers: list.map((trigger) => showTrigger(call.url, trigger)) }),
    ),
  );
}

function destroyMany(call: Call): Reply {
  for (const id of idsParam(call)) call.account.triggers.delete(id, call.by);
  return noContent();
}

/** Only position and active. */
function updateMany(call: Call): Reply | Promise<Reply> {
  return withBody(call, triggersUpdateBody, ({ triggers: rows }) => {
    const changed: Trigger[] = [];
    for (const { id, ...input } of rows) {
      const result = call.account.triggers.update(id, input, call.by);
      if (!result.ok) return replyTo(result, ok);
      changed.push(result.value);
    }
    return ok({ triggers: changed.map((trigger) => showTrigger(call.url, trigger)) });
  });
}

/** Who changed a trigger when, from the admin log. */
function revisions(call: Call): Reply {
  const id = idParam(call);
  if (call.account.triggers.find(id) === undefined) return notFound();
  const trigger_revisions = call.account.auditLogs
    .list()
    .filter((log) => log.source_id === id)
    .map((log) => ({
      id: log.id,
      author_id: log.actor_id,
      created_at: log.created_at,
      url: call.url(`/triggers/${id}/revisions/${log.id}.json`),
    }));
  return ok({ trigger_revisions, count: trigger_revisions.length });
}

const get = { method: 'get', scope } as const;
const search = (trigger: Trigger, { query }: Call): boolean =>
  trigger.title.toLowerCase().includes((query.get('query') ?? '').toLowerCase());

export const triggerRoutes: readonly Route[] = [
  { ...get, path: '/triggers/active', handle: some((trigger) => trigger.active) },
  {
    ...get,
    path: '/triggers/definitions',
    handle: (call) => ok({ definitions: triggerDefinitions(call.account) }),
  },
  { ...get, path: '/triggers/search', handle: some(search) },
  { method: 'put', path: '/triggers/reorder', scope, handle: reorder },
  { method: 'put', path: '/triggers/update_many', scope, handle: updateMany },
  { method: 'delete', path: '/triggers/destroy_many', scope, handle: destroyMany },
  { ...get, path: '/triggers/:id/revisions', handle: revisions },
  ...crudRoutes(triggers),
];
