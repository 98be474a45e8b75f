// Keeps the ticket's form, its apps and the server in sync.
import { type ApiPart, walk } from '../host/api.ts';
import type { AppHost } from '../host/app-host.ts';
import { type Instance, type InstanceContext, isAtTicket } from '../host/instance.ts';
import type { PageData, TicketFacts, ZafUser } from '../page-data.d.ts';
import type { Notify } from '../ui/notify.ts';
import { createFieldStates } from './field-states.ts';
import type { Change } from './form-values.ts';
import { guardLeaving } from './leave-guard.ts';
import { createLiveForm } from './live-form.ts';
import { type Part, refreshPage } from './refresh.ts';
import { handleSubmit } from './submit.ts';
import { keepSubmitLabel } from './submit-label.ts';
import { ticketObject } from './ticket-object.ts';
import { ticketPart } from './ticket-part.ts';
import { watchTicket } from './watch-ticket.ts';

export interface TicketDeskDeps {
  /** The server's latest data; replaced after each save. */
  page: { data: PageData };
  notify: Notify;
  go: (address: string) => void;
  contextOf: (instance: Instance) => InstanceContext;
}

export interface TicketDesk {
  part: ApiPart;
  /** From then on events reach the apps. */
  connect(host: AppHost): void;
}

/** On pages without a ticket it handles no path and does nothing. */
export function createTicketDesk({ page, notify, go, contextOf }: TicketDeskDeps): TicketDesk {
  const { ticket } = page.data;
  if (ticket === null) return { part: {}, connect: () => undefined };
  const form = createLiveForm(() => page.data);
  const fields = createFieldStates(() => page.data.fields);
  const guard = guardLeaving(form);
  let viewers: readonly ZafUser[] = [];
  const part = ticketPart({ data: () => page.data, form, fields, viewers: () => viewers });

  const connect = (host: AppHost) => {
    const fire = (event: string, message?: unknown) => host.fire(event, message, isAtTicket);
    const tell = ({ propertyName, newValue, oldValue }: Change) => {
      fire(`${propertyName}.changed`, newValue);
      for (const alias of aliasesOf(propertyName)) {
        const whole = walk(ticketObject(page.data, form.values(), viewers), alias.split('.').slice(1));
        fire(`${alias}.changed`, whole === undefined ? newValue : whole.value);
      }
      fire('*.changed', { propertyName, newValue, oldValue });
    };
    const refresh = async (address: string, which: () => Part) => {
      const before = page.data.ticket;
      const fresh = await refreshPage(address, which);
      if (fresh === null) return false;
      const { data, part: what } = fresh;
      page.data = { ...data, frames: page.data.frames };
      fields.apply();
      if (what === 'all') form.settle();
      const said = (facts: TicketFacts | null) => facts?.comments.length;
      if (said(before) !== said(data.ticket)) fire('ticket.conversation.changed', data.ticket?.conversation);
      return true;
    };
    form.onChange((changes) => changes.forEach(tell));
    keepSubmitLabel(form);
    const submit = handleSubmit({
      host,
      fire,
      form,
      notify,
      // After a save, a restricted agent may no longer see the ticket; then the server's page says so.
      refresh: async (address) => {
        if (!(await refresh(address, () => 'all'))) go(address);
      },
      created: (id) => {
        const known = page.data.ticket;
        if (known === null) return;
        page.data = { ...page.data, ticket: { ...known, id, isNew: false } };
        fire('ticket.id.changed', id);
        for (const instance of host.instances()) {
          host.fire('context.updated', contextOf(instance), (one) => one === instance);
        }
      },
      go: (address) => {
        guard.letGo();
        go(address);
      },
    });
    if (ticket.id === null) return;
    watchTicket({
      ticketId: ticket.id,
      updated: async (by) => {
        if (submit.isBusy()) return;
        const isOther = by !== null && by.id !== page.data.agent.id;
        if (isOther) notify(`${by.name} updated this ticket.`, 'notice');
        await refresh(window.location.href, () => (form.isDirty() ? 'talk' : 'all'));
        if (isOther) fire('ticket.updated', by);
      },
      viewers: (users) => {
        viewers = users;
        showViewers(users.filter(({ id }) => id !== page.data.agent.id));
        fire('ticket.viewers.changed', users);
      },
    });
  };
  return { part, connect };
}

/** Aliases that apps listen to as well; they get the value under that name. */
function aliasesOf(propertyName: string): string[] {
  if (propertyName.startsWith('ticket.assignee.')) return [propertyName.replace(/\.id$/, ''), 'ticket.assignee'];
  if (propertyName.startsWith('comment.')) return [`ticket.${propertyName}`];
  return propertyName === 'ticket.status' ? ['ticket.statusCategory', 'ticket.customStatus'] : [];
}

function showViewers(others: readonly ZafUser[]) {
  const place = document.querySelector('#viewers');
  if (place === null) return;
  place.textContent =
    others.length === 0 ? '' : `Also looking at this ticket: ${others.map(({ name }) => name).join(', ')}`;
}
