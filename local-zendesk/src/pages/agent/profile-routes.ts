// Routes for the pages of users and organizations.
import { Router } from 'express';
import { html } from '../html.ts';
import { customerLink, organizationLink } from './profile-links.ts';
import { profilePage } from './profile-page.ts';
import { sendMissing, sendWorkspace, type WorkspaceDeps } from './send-workspace.ts';
import { signedIn } from './session.ts';
import { zafOrganization, zafUser } from './zaf-shapes.ts';

/** `/agent/users/:id` and `/agent/organizations/:id`; every agent may open them and sees only tickets that they may see. */
export function profileRoutes(deps: WorkspaceDeps): Router {
  const { account } = deps;
  const router = Router();

  router.get('/agent/users/:id', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const user = account.users.find(Number(request.params.id));
    if (user === undefined) return sendMissing(deps, request, response, agent, 'There is no such user.');
    const { id, name, email, role, organization_id, tags } = user;
    sendWorkspace(deps, request, response, agent, {
      title: name,
      locations: ['user_sidebar'],
      user: zafUser(account, user),
      body: profilePage(account, agent, {
        kind: 'User',
        name,
        facts: [
          ['Role', role],
          ['E-mail', email ?? '–'],
          ['Organization', organizationLink(account, organization_id)],
          ['Tags', tags.join(' ') || 'none'],
        ],
        owns: ({ requester_id }) => requester_id === id,
      }),
    });
  });

  router.get('/agent/organizations/:id', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const organization = account.organizations.find(Number(request.params.id));
    if (organization === undefined) {
      return sendMissing(deps, request, response, agent, 'There is no such organization.');
    }
    const { id, name, domain_names, tags } = organization;
    const people = account.users.list().filter(({ organization_id }) => organization_id === id);
    sendWorkspace(deps, request, response, agent, {
      title: name,
      locations: ['organization_sidebar'],
      organization: zafOrganization(account, organization),
      body: profilePage(account, agent, {
        kind: 'Organization',
        name,
        facts: [
          ['Domains', domain_names.join(' ') || 'none'],
          ['Tags', tags.join(' ') || 'none'],
          [
            'People',
            people.length === 0 ? 'none' : html`${people.map((one) => html`${customerLink(account, one.id)}<br>`)}`,
          ],
        ],
        owns: ({ organization_id }) => organization_id === id,
      }),
    });
  });
  return router;
}
