// Routes for automations.
import type { Automation, AutomationInput } from '../../account/rules.ts';
import { withBody } from '../bodies/parse-body.ts';
import { automationBody, automationsUpdateBody } from '../bodies/rules.ts';
import type { Call, Reply, Route } from '../call.ts';
import { idsParam } from '../params.ts';
import { noContent, ok, replyTo } from '../replies.ts';
import { showAutomation } from '../shapes/rule.ts';
import { crudRoutes, listReply, type Resource } from './crud.ts';

const scope = 'automations';

const automations: Resource<Automation, AutomationInput> = {
  path: '/automations',
  one: 'automation',
  many: 'automations',
  scope,
  list: ({ account, query }) =>
    account.automations.list().filter((one) => !query.has('active') || String(one.active) === query.get('active')),
  find: ({ account }, id) => account.automations.find(id),
  idOf: (automation) => automation.id,
  show: ({ url }, automation) => showAutomation(url, automation),
  body: automationBody,
  create: ({ account }, input, by) => account.automations.create(input, by),
  update: ({ account }, id, input, by) => account.automations.update(id, input, by),
  remove: ({ account }, id, by) => account.automations.delete(id, by),
};

const some =
  (keep: (automation: Automation, call: Call) => boolean): Route['handle'] =>
  (call) =>
    listReply(
      call,
      automations,
      automations.list(call).filter((one) => keep(one, call)),
    );

/** Only position and active. */
function updateMany(call: Call): Reply | Promise<Reply> {
  return withBody(call, automationsUpdateBody, ({ automations: rows }) => {
    const changed: Automation[] = [];
    for (const { id, ...input } of rows) {
      const result = call.account.automations.update(id, input, call.by);
      if (!result.ok) return replyTo(result, ok);
      changed.push(result.value);
    }
    return ok({ automations: changed.map((one) => showAutomation(call.url, one)) });
  });
}

function destroyMany(call: Call): Reply {
  for (const id of idsParam(call)) call.account.automations.delete(id, call.by);
  return noContent();
}

const search = ({ title }: Automation, { query }: Call): boolean =>
  title.toLowerCase().includes((query.get('query') ?? '').toLowerCase());

export const automationRoutes: readonly Route[] = [
  { method: 'get', scope, path: '/automations/active', handle: some((one) => one.active) },
  { method: 'get', scope, path: '/automations/search', handle: some(search) },
  { method: 'put', scope, path: '/automations/update_many', handle: updateMany },
  { method: 'delete', scope, path: '/automations/destroy_many', handle: destroyMany },
  ...crudRoutes(automations),
];
