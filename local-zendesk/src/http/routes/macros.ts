// Routes for macros.
import type { Macro, MacroInput, RuleAction } from '../../account/rules.ts';
import type { Ticket } from '../../account/types.ts';
import { withBody } from '../bodies/parse-body.ts';
import { macroBody, macrosUpdateBody } from '../bodies/rules.ts';
import type { Call, Reply, Route } from '../call.ts';
import { idParam, idsParam } from '../params.ts';
import { noContent, notFound, ok, replyTo } from '../replies.ts';
import { showMacro } from '../shapes/rule.ts';
import { showTicket } from '../shapes/ticket.ts';
import { crudRoutes, listReply, type Resource } from './crud.ts';

const scope = 'macros';

const macros: Resource<Macro, MacroInput> = {
  path: '/macros',
  one: 'macro',
  many: 'macros',
  scope,
  list: ({ account, query }) =>
    account.macros.list().filter((macro) => !query.has('active') || String(macro.active) === query.get('active')),
  find: ({ account }, id) => account.macros.find(id),
  idOf: (macro) => macro.id,
  show: ({ url }, macro) => showMacro(url, macro),
  body: macroBody,
  create: ({ account }, input, by) => account.macros.create(input, by),
  update: ({ account }, id, input, by) => account.macros.update(id, input, by),
  remove: ({ account }, id, by) => account.macros.delete(id, by),
};

const first = ({ value }: RuleAction): string => (Array.isArray(value) ? String(value[0] ?? '') : String(value ?? ''));
const last = ({ value }: RuleAction): string =>
  Array.isArray(value) ? String(value.at(-1) ?? '') : String(value ?? '');

const NUMBERS = new Set(['group_id', 'assignee_id', 'brand_id', 'ticket_form_id', 'custom_status_id']);

/** What one action would change, in the words of a ticket. */
function changeOf(action: RuleAction, macro: Macro, tags: readonly string[]): Record<string, unknown> {
  const words = first(action).split(/\s+/).filter(Boolean);
  switch (action.field) {
    case 'comment_value': {
      const mode = macro.actions.find((one) => one.field === 'comment_mode_is_public');
      const body = last(action);
      return {
        comment: { body, public: mode === undefined || first(mode) !== 'false', scoped_body: [['channel:all', body]] },
      };
    }
    case 'comment_mode_is_public':
      return {};
    case 'set_tags':
      return { tags: words };
    case 'current_tags':
      return { tags: [...new Set([...tags, ...words])] };
    case 'remove_tags':
      return { tags: tags.filter((tag) => !words.includes(tag)) };
    default: {
      const custom = /^custom_fields_(\d+)$/.exec(action.field);
      if (custom !== null) return { custom_fields: [{ id: Number(custom[1]), value: first(action) }] };
      const isNumber = NUMBERS.has(action.field) && first(action) !== '';
      return { [action.field]: isNumber ? Number(first(action)) : first(action) || null };
    }
  }
}

/** A preview: nothing is written. With a ticket, the changes are shown applied to its current state. */
function preview(call: Call, macro: Macro | undefined, ticket: Ticket | undefined | null): Reply {
  if (macro === undefined || ticket === undefined) return notFound();
  const whole = ticket === null ? {} : showTicket(call.account, call.url, ticket);
  const { fields: _copy, ...base } = whole;
  const changes: Record<string, unknown> = {};
  for (const action of macro.actions) {
    const { custom_fields, ...change } = changeOf(action, macro, (changes['tags'] as string[]) ?? ticket?.tags ?? []);
    Object.assign(changes, change);
    if (Array.isArray(custom_fields)) {
      const earlier = Array.isArray(changes['custom_fields']) ? (changes['custom_fields'] as unknown[]) : [];
      changes['custom_fields'] = [...earlier, ...(custom_fields as unknown[])];
    }
  }
  return ok({ result: { ticket: { ...base, ...changes } } });
}

/** Only position and active. */
function updateMany(call: Call): Reply | Promise<Reply> {
  return withBody(call, macrosUpdateBody, ({ macros: rows }) => {
    const changed: Macro[] = [];
    for (const { id, ...input } of rows) {
      const result = call.account.macros.update(id, input, call.by);
      if (!result.ok) return replyTo(result, ok);
      changed.push(result.value);
    }
    return ok({ macros: changed.map((macro) => showMacro(call.url, macro)) });
  });
}

/** The parts before `::` in the titles of active macros. */
function categories(call: Call): Reply {
  const titles = call.account.macros.list().filter((macro) => macro.active && macro.title.includes('::'));
  return ok({ categories: [...new Set(titles.map(({ title }) => title.split('::')[0] ?? ''))] });
}

const get = { method: 'get', scope } as const;

export const macroRoutes: readonly Route[] = [
  {
    ...get,
    path: '/macros/active',
    handle: (call) =>
      listReply(
        call,
        macros,
        macros.list(call).filter((macro) => macro.active),
      ),
  },
  {
    ...get,
    path: '/macros/search',
    handle: (call) => {
      const words = (call.query.get('query') ?? '').toLowerCase();
      return listReply(
        call,
        macros,
        macros.list(call).filter((macro) => macro.title.toLowerCase().includes(words)),
      );
    },
  },
  {
    ...get,
    path: '/macros/:id/apply',
    handle: (call) => preview(call, call.account.macros.find(idParam(call)), null),
  },
  {
    ...get,
    path: '/tickets/:id/macros/:macroId/apply',
    handle: (call) =>
      preview(call, call.account.macros.find(idParam(call, 'macroId')), call.account.tickets.find(idParam(call))),
  },
  { ...get, path: '/macros/categories', handle: categories },
  { method: 'put', scope, path: '/macros/update_many', handle: updateMany },
  {
    method: 'delete',
    scope,
    path: '/macros/destroy_many',
    handle: (call) => {
      for (const id of idsParam(call)) call.account.macros.delete(id, call.by);
      return noContent();
    },
  },
  ...crudRoutes(macros),
];
