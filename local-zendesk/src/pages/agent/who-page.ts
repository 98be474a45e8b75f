// Renders the page for choosing an agent.
import type { Account } from '../../account/account.ts';
import { staffOf } from '../../actions/agent-actions.ts';
import { html } from '../html.ts';
import { layout } from '../layout.ts';

/** No password: this Zendesk is for one machine. */
export function whoPage(account: Account): string {
  const groupsOf = (userId: number) =>
    account.groups
      .memberships({ user_id: userId })
      .map(({ group_id }) => account.groups.find(group_id)?.name ?? '')
      .join(', ');
  const body = html`<h1>Who are you?</h1>
<p class="lead">Choose an agent. What you do in the workspace is recorded as theirs.</p>
<form method="post" action="/agent/who"><div class="cards">${staffOf(account).map(
    ({ id, name, role, tags }) =>
      html`<button class="card" name="id" value="${id}"><strong>${name}</strong><span class="soft">${[role, ...tags, groupsOf(id)].filter((part) => part !== '').join(' · ')}</span></button>`,
  )}</div></form>`;
  return layout({ title: 'Who are you?', section: 'agent', body });
}
