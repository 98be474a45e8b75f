// Routes for choosing an agent, a language and a color scheme.
import { type Request, Router } from 'express';
import { z } from 'zod';
import type { Account } from '../../account/account.ts';
import { findStaff, staffOf } from '../../actions/agent-actions.ts';
import { html } from '../html.ts';
import { layout } from '../layout.ts';
import { LOCALES } from './header-tools.ts';
import { AGENT_COOKIE, agentOf, SCHEME_COOKIE } from './session.ts';

const whoForm = z.object({ id: z.string() });
const schemeForm = z.object({ scheme: z.enum(['light', 'dark']) });

/** `/agent/who`, `/agent/language`, `/agent/scheme`. */
export function settingRoutes(account: Account): Router {
  const router = Router();
  router.get('/agent/who', (_request, response) => void response.send(whoPage(account)));
  router.post('/agent/who', (request, response) => {
    const agent = findStaff(account, whoForm.safeParse(request.body).data?.id ?? '');
    if (agent !== undefined) response.cookie(AGENT_COOKIE, String(agent.id), { httpOnly: true, sameSite: 'lax' });
    response.redirect(303, agent === undefined ? '/agent/who' : '/agent');
  });
  router.post('/agent/language', (request, response) => {
    const agent = agentOf(account, request);
    const locale = z.object({ locale: z.string() }).safeParse(request.body).data?.locale;
    if (agent !== undefined && LOCALES.some(([known]) => known === locale)) {
      account.users.update(agent.id, { locale }, { id: agent.id });
    }
    response.redirect(303, backIn(request));
  });
  router.post('/agent/scheme', (request, response) => {
    const scheme = schemeForm.safeParse(request.body).data?.scheme;
    // The page's script reads and writes it, too.
    if (scheme === undefined) response.clearCookie(SCHEME_COOKIE, { sameSite: 'lax', path: '/' });
    else response.cookie(SCHEME_COOKIE, scheme, { sameSite: 'lax', path: '/' });
    response.redirect(303, backIn(request));
  });
  return router;
}

/** Only back into the workspace: the address comes from the form. */
function backIn(request: Request): string {
  const back = z.object({ back: z.string().regex(/^\/agent(?:[/?]|$)/) }).safeParse(request.body);
  return back.data?.back ?? '/agent';
}

/** No password: this Zendesk is for one machine. */
function whoPage(account: Account): string {
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
