// Renders the start page of the local Zendesk.
import { html } from './html.ts';
import { layout } from './layout.ts';

export interface StartFacts {
  url: string;
  smtpUrl: string;
  openTickets: number;
  mails: number;
  slackPosts: number;
}

/** Links everything and shows the first commands to try. */
export function startPage({ url, smtpUrl, openTickets, mails, slackPosts }: StartFacts): string {
  const body = html`<h1>A Zendesk on your own machine</h1>
<p class="lead">The account “Northwind Outdoor”, in memory: stop it and everything is as before. Work on tickets as an agent,
read what customers get by mail, break things on purpose.</p>
<div class="cards">
<a class="card" href="/agent"><strong>Agent workspace</strong><span class="soft">${openTickets} open tickets. Choose who you are, open a view, answer, solve.</span></a>
<a class="card" href="/mail"><strong>Customers' mail</strong><span class="soft">${mails === 1 ? '1 mail' : `${mails} mails`} caught so far. Click a survey link as the customer would.</span></a>
<a class="card" href="/slack"><strong>Slack</strong><span class="soft">${slackPosts === 1 ? '1 message' : `${slackPosts} messages`} so far: what leads and agents are told without asking.</span></a>
<a class="card" href="/control"><strong>Control state</strong><span class="soft">Clock, faults and trickle as JSON; change them by POST.</span></a>
</div>
<h2>Talk to the API</h2>
<p>OAuth client <code>deskwright</code>, secret <code>deskwright</code>. Tokens live about 30 minutes.</p>
<pre>${`curl -s ${url}/oauth/tokens -H 'content-type: application/json' \\
  -d '{"grant_type":"client_credentials","client_id":"deskwright","client_secret":"deskwright","scope":"read write"}'

curl -s ${url}/api/v2/views -H "authorization: Bearer $TOKEN"`}</pre>
<h2>Steer it</h2>
<pre>${`# a customer writes
curl -s ${url}/control/tickets -H 'content-type: application/json' \\
  -d '{"email":"rosa@mail.test","subject":"money back","message":"the tent leaks, i want a refund"}'

# an agent solves ticket 1
curl -s ${url}/control/tickets/1/agent -H 'content-type: application/json' \\
  -d '{"as":"priya@northwind.test","do":"solve","message":"Done!"}'

# a day passes
curl -s ${url}/control/clock -H 'content-type: application/json' -d '{"advance":"24h"}'

# every third webhook is lost
curl -s ${url}/control/faults/webhooks -H 'content-type: application/json' -d '{"drop":{"rate":0.33}}'`}</pre>
<p class="soft">Mail is caught at <code>${smtpUrl}</code>. The README of <code>local-zendesk</code> lists every control.</p>`;
  return layout({ title: 'Start', section: 'start', body });
}
