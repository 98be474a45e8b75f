// Renders the list of views on the left.
import type { Account } from '../../account/account.ts';
import type { View } from '../../account/rules.ts';
import type { User } from '../../account/types.ts';
import { type Html, html } from '../html.ts';
import { ticketsInView } from './seen-by-agent.ts';

/** Active views this agent may see, by position. */
export function viewsFor(account: Account, agent: User): View[] {
  return account.views.list().filter(({ active, restriction }) => {
    if (!active) return false;
    if (restriction === null) return true;
    if (restriction.type === 'User') return restriction.id === agent.id;
    return [restriction.id, ...(restriction.ids ?? [])].some((id) => account.groups.isMember(agent.id, id));
  });
}

export function viewNav(account: Account, agent: User, currentId?: number): Html {
  return html`<nav aria-label="Views"><h2>Views</h2><ul class="side">${viewsFor(account, agent).map(
    (view) =>
      html`<li><a href="/agent/views/${view.id}"${view.id === currentId && html` aria-current="page"`}>${view.title} <span class="count">${ticketsInView(account, agent, view).length}</span></a></li>`,
  )}</ul></nav>`;
}
