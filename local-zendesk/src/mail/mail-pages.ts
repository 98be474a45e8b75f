// Renders the pages of the customers' mailbox.

import { type Html, html } from '../pages/html.ts';
import { layout } from '../pages/layout.ts';
import { ago, refreshControl, refreshOf } from '../pages/page-parts.ts';
import type { Mail, Mailbox } from './mailbox.ts';

export const MAIL_TABS = ['html', 'text', 'headers'] as const;
export type MailTab = (typeof MAIL_TABS)[number];

const PER_PAGE = 50;
const TAB_NAMES: Record<MailTab, string> = { html: 'Mail', text: 'Plain text', headers: 'Headers' };

/** The list, newest first; `to` keeps one person's mail, `page` counts from 1. */
export function mailListPage(
  mailbox: Mailbox,
  options: { to?: string | undefined; page: number; still: boolean; now: number },
): string {
  const { to, page, still, now } = options;
  const mails = mailbox.list({ to });
  const shown = mails.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const query = (to === undefined ? '' : `&to=${encodeURIComponent(to)}`) + (still ? '&still=1' : '');
  const here = to === undefined ? '' : `to=${encodeURIComponent(to)}`;
  const body = html`<h1>${to === undefined ? "Customers' mail" : `Mail to ${to}`}</h1>
<p class="lead">Every mail that is sent here ends on this page and nowhere else. Open one and click its links as the customer would. ${refreshControl(still, here)}</p>
<div class="columns">
<nav aria-label="Mailboxes"><ul class="side">
<li><a href="/mail"${to === undefined && html` aria-current="page"`}>Everybody <span class="count">${mailbox.list().length}</span></a></li>
${mailbox
  .recipients()
  .map(
    ({ address, mails: count }) =>
      html`<li><a href="/mail?to=${encodeURIComponent(address)}"${address === to?.toLowerCase() && html` aria-current="page"`}>${address} <span class="count">${count}</span></a></li>`,
  )}
</ul></nav>
<div>${shown.length === 0 ? emptyNote(to) : mailTable(shown, now)}
${mails.length > PER_PAGE && html`<p class="pager">${page > 1 && html`<a href="/mail?page=${page - 1}${query}">Newer</a>`} Page ${page} of ${Math.ceil(mails.length / PER_PAGE)} ${page * PER_PAGE < mails.length && html`<a href="/mail?page=${page + 1}${query}">Older</a>`}</p>`}
</div></div>`;
  return layout({ title: "Customers' mail", section: 'mail', body, refreshS: refreshOf(still) });
}

function emptyNote(to: string | undefined): Html {
  return html`<div class="card"><p class="plain">${
    to === undefined ? 'No mail yet. It comes when a ticket is solved and its survey falls due.' : `Nothing for ${to}.`
  }</p></div>`;
}

function mailTable(mails: readonly Mail[], now: number): Html {
  return html`<div class="scroll"><table class="rows"><thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Received</th></tr></thead><tbody>
${mails.map(
  (mail) =>
    html`<tr><td class="main-cell"><a href="/mail/${mail.id}">${mail.subject || '(no subject)'}</a><span>${(mail.text ?? '').slice(0, 160)}</span></td><td>${mail.to.join(', ')}</td><td>${ago(mail.receivedAt, now)}</td></tr>`,
)}
</tbody></table></div>`;
}

/** One mail: the HTML in a sandboxed frame, the plain text, or the headers. */
export function mailPage(mail: Mail, tab: MailTab): string {
  const body = html`<p class="small"><a href="/mail">All mail</a></p>
<h1>${mail.subject || '(no subject)'}</h1>
<p class="lead">From ${mail.from}<br>To ${mail.to.map((address, index) => html`${index > 0 && ', '}<a href="/mail?to=${encodeURIComponent(address)}">${address}</a>`)}<br>${new Date(mail.receivedAt).toUTCString()}</p>
<ul class="tabs">${MAIL_TABS.map(
    (name) =>
      html`<li><a href="/mail/${mail.id}?tab=${name}"${name === tab && html` aria-current="page"`}>${TAB_NAMES[name]}</a></li>`,
  )}</ul>
${tabBody(mail, tab)}`;
  return layout({ title: mail.subject || 'Mail', section: 'mail', body });
}

function tabBody(mail: Mail, tab: MailTab): Html {
  switch (tab) {
    case 'html':
      return mail.html === null
        ? html`<div class="card"><p class="plain">${mail.text ?? '(empty)'}</p></div>`
        : html`<iframe class="mail" title="The mail as the customer sees it" src="/mail/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
    case 'text':
      return html`<pre>${mail.text ?? '(this mail has no plain text part)'}</pre>`;
    case 'headers':
      return html`<div class="card"><dl>${mail.headers.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></div>`;
  }
}

/** What the frame shows: the mail's own HTML, whose links open in a new tab. */
export function framedMail(mail: Mail): string {
  return `<base target="_blank">${mail.html ?? ''}`;
}
