// Checks whether a token's scope allows a call.
import type { Caller, Route } from '../call.ts';

const RESOURCES = [
  'any_channel',
  'apps',
  'auditlogs',
  'automations',
  'dynamic_content',
  'groups',
  'hc',
  'macros',
  'organizations',
  'requests',
  'satisfaction_ratings',
  'security',
  'targets',
  'ticket_views',
  'tickets',
  'triggers',
  'users',
  'web_widget',
  'webhooks',
  'zis',
];

const VALID = new Set([
  'read',
  'write',
  'impersonate',
  'ticket_attachments:write',
  ...RESOURCES.flatMap((resource) => [`${resource}:read`, `${resource}:write`]),
]);

/** Zendesk gives a token even for a misspelt scope; such a scope then allows nothing. */
export const isValidScope = (scope: string): boolean => VALID.has(scope);

/** The scopes one of which the call needs; empty when every valid token will do. */
export function scopesFor(route: Pick<Route, 'method' | 'scope'>): readonly string[] {
  const access = route.method === 'get' ? 'read' : 'write';
  if (route.scope === 'any' || route.scope === 'none') return [];
  return route.scope === 'global' ? [access] : [`${route.scope}:${access}`, access];
}

export function opens(scopes: Caller['scopes'], route: Pick<Route, 'method' | 'scope'>): boolean {
  if (scopes === 'all') return true;
  const needed = scopesFor(route);
  const valid = scopes.filter(isValidScope);
  return needed.length === 0 ? valid.length > 0 : needed.some((scope) => valid.includes(scope));
}
