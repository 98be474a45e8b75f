// Reads from cookies who is signed in and their settings.
import type { Request, Response } from 'express';
import type { Account } from '../../account/account.ts';
import type { User } from '../../account/types.ts';
import { findStaff } from '../../actions/agent-actions.ts';

export const AGENT_COOKIE = 'local_zendesk_agent';
/** Written by the page's script, too. */
export const SCHEME_COOKIE = 'local_zendesk_scheme';

/** The agent of the cookie; undefined if none was chosen, or the agent may no longer sign in. */
export function agentOf(account: Account, request: Request): User | undefined {
  const id = cookie(request, AGENT_COOKIE);
  return id !== undefined && /^\d+$/.test(id) ? findStaff(account, id) : undefined;
}

/** The agent; or null, and the browser is on its way to the choice. */
export function signedIn(account: Account, request: Request, response: Response): User | null {
  const agent = agentOf(account, request);
  if (agent === undefined) response.redirect(303, '/agent/who');
  return agent ?? null;
}

export function schemeOf(request: Request): 'light' | 'dark' | undefined {
  const scheme = cookie(request, SCHEME_COOKIE);
  return scheme === 'light' || scheme === 'dark' ? scheme : undefined;
}

/** `?zcli_apps=true` asks for the apps of ZCLI's own server beside the installed ones. */
export function wantsZcliApps(request: Request): boolean {
  return request.query['zcli_apps'] === 'true';
}

/** The address with the flag, if the request had it: redirects must not lose it. */
export function keepZcli(request: Request, path: string): string {
  if (!wantsZcliApps(request)) return path;
  return `${path}${path.includes('?') ? '&' : '?'}zcli_apps=true`;
}

function cookie(request: Request, name: string): string | undefined {
  return new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1];
}
