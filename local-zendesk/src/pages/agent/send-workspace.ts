// Sends a page of the workspace.
import type { Request, Response } from 'express';
import type { FrameData, PageData, TicketFacts, ZafOrganization, ZafUser } from '../../../browser/page-data.d.ts';
import type { Account } from '../../account/account.ts';
import type { User } from '../../account/types.ts';
import { staffOf } from '../../actions/agent-actions.ts';
import type { AppFrames, AppLocation } from '../../apps/types.ts';
import { type Html, html } from '../html.ts';
import { layout } from '../layout.ts';
import { contentPolicy, framesOfPage } from './app-frames-of-page.ts';
import { headerTools } from './header-tools.ts';
import type { Presence } from './presence.ts';
import { schemeOf, wantsZcliApps } from './session.ts';
import { fieldData } from './ticket-choices.ts';
import { zafUser } from './zaf-shapes.ts';

export interface WorkspaceDeps {
  account: Account;
  frames: AppFrames;
  presence: Presence;
}

export interface WorkspacePage {
  title: string;
  body: Html;
  status?: number;
  refreshS?: number | undefined;
  /** Where this page has room for apps, besides the bars. */
  locations?: readonly AppLocation[];
  /** What the page is about. */
  ticket?: TicketFacts;
  user?: ZafUser;
  organization?: ZafOrganization;
  /** Which entry of the far-left bar this is. */
  at?: 'views' | 'new' | number;
}

/** Everybody's frame around the page, what the script needs to know, and a policy that fits its apps. */
export function sendWorkspace(
  deps: WorkspaceDeps,
  request: Request,
  response: Response,
  agent: User,
  page: WorkspacePage,
): void {
  const frames = framesOfPage(deps.frames, agent, page.locations ?? []);
  const zcli = wantsZcliApps(request);
  const scheme = schemeOf(request);
  response.set('content-security-policy', contentPolicy(frames, zcli));
  response.status(page.status ?? 200).send(
    layout({
      title: page.title,
      section: 'agent',
      layout: 'wide',
      refreshS: page.refreshS,
      body: page.body,
      workspace: {
        rail: rail(frames, page.at),
        tools: headerTools(agent, request.originalUrl, scheme),
        scheme,
        data: pageData(deps.account, agent, frames, page, zcli),
      },
    }),
  );
}

/** A page that says what is missing. */
export function sendMissing(
  deps: WorkspaceDeps,
  request: Request,
  response: Response,
  agent: User,
  text: string,
): void {
  const body = html`<h1>Nothing here</h1><p>${text}</p><p><a href="/agent">Agent workspace</a></p>`;
  sendWorkspace(deps, request, response, agent, { title: 'Nothing here', status: 404, body });
}

function pageData(
  account: Account,
  agent: User,
  frames: readonly FrameData[],
  { ticket, user, organization }: Pick<WorkspacePage, 'ticket' | 'user' | 'organization'>,
  zcli: boolean,
): PageData {
  const me = zafUser(account, agent);
  return {
    account: { subdomain: account.subdomain, planName: 'Professional', timeZone: me.timeZone },
    agent: me,
    ticket: ticket ?? null,
    user: user ?? null,
    organization: organization ?? null,
    fields: ticket === undefined ? [] : fieldData(account),
    customStatuses: account.customStatuses.list().map(({ id, status_category, agent_label, default: isDefault }) => ({
      id,
      category: status_category,
      label: agent_label,
      default: isDefault,
    })),
    staff: ticket === undefined ? [] : staffOf(account).map((user) => zafUser(account, user)),
    groups: ticket === undefined ? [] : account.groups.list().map(({ id, name }) => ({ id, name })),
    frames,
    zcli,
  };
}

function rail(frames: readonly FrameData[], at: WorkspacePage['at']): Html {
  const entry = (href: string, label: string, picture: Html | string, current: boolean) =>
    html`<li><a href="${href}"${current && html` aria-current="page"`}><span aria-hidden="true">${picture}</span><span>${label}</span></a></li>`;
  return html`<nav class="rail" aria-label="Workspace"><ul>
${entry('/agent', 'Views', '☰', at === 'views')}
${entry('/agent/tickets/new', 'New ticket', '+', at === 'new')}
${frames
  .filter(({ location }) => location === 'nav_bar')
  .map(({ installationId, title, iconUrl }) =>
    entry(
      `/agent/apps/${installationId}`,
      title,
      iconUrl === null ? title.slice(0, 1).toUpperCase() : html`<img src="${iconUrl}" alt="" width="20" height="20">`,
      at === installationId,
    ),
  )}</ul></nav>`;
}
