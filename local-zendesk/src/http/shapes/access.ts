// Formats webhooks, tokens, skips and admin log entries for the API.

import type { AuditLog, OAuthClient, OAuthToken, Skip, Webhook } from '../../account/access.ts';
import type { Account } from '../../account/account.ts';
import { isoSeconds } from '../../account/values.ts';
import type { UrlOf } from '../call.ts';
import { showTicket } from './ticket.ts';

/** Secrets stay out: the signing secret has an endpoint of its own, the credentials are never shown again. */
export function showWebhook(webhook: Webhook): Record<string, unknown> {
  const { signing_secret: _secret, authentication, custom_headers, ...rest } = webhook;
  return {
    ...rest,
    ...(custom_headers && { custom_headers }),
    ...(authentication && {
      authentication: {
        type: authentication.type,
        add_position: authentication.add_position,
        // Of the credentials only the user's name is shown again.
        data: authentication.data['username'] === undefined ? {} : { username: authentication.data['username'] },
      },
    }),
  };
}

export const showToken = (url: UrlOf, token: OAuthToken, whole = false): Record<string, unknown> => ({
  id: token.id,
  url: url(`/oauth/tokens/${token.id}.json`),
  client_id: token.client_id,
  user_id: token.user_id,
  // Only the first characters, except in the answer that creates the token.
  token: whole ? token.token : token.token.slice(0, 10),
  ...(token.refresh_token !== null && {
    refresh_token: whole ? token.refresh_token : token.refresh_token.slice(0, 10),
  }),
  scopes: token.scopes,
  created_at: token.created_at,
  expires_at: isoSeconds(token.expires_at),
  ...(token.used_at !== null && { used_at: token.used_at }),
});

export const showClient = (url: UrlOf, client: OAuthClient): Record<string, unknown> => ({
  id: client.id,
  url: url(`/oauth/clients/${client.id}.json`),
  identifier: client.identifier,
  name: client.name,
  kind: 'confidential',
  secret: client.secret.slice(0, 10),
  global: false,
  user_id: client.user_id,
  redirect_uri: [],
  created_at: client.created_at,
  updated_at: client.updated_at,
});

export function showSkip(account: Account, url: UrlOf, skip: Skip): Record<string, unknown> {
  const ticket = account.tickets.find(skip.ticket_id);
  return { ...skip, ...(ticket && { ticket: showTicket(account, url, ticket) }) };
}

const ACTION_LABELS: Readonly<Record<AuditLog['action'], string>> = {
  create: 'Created',
  update: 'Updated',
  destroy: 'Deleted',
  login: 'Signed in',
  exported: 'Exported',
};

export const showAuditLog = (account: Account, url: UrlOf, log: AuditLog): Record<string, unknown> => ({
  url: url(`/audit_logs/${log.id}.json`),
  ...log,
  actor_name: account.users.find(log.actor_id)?.name ?? 'Zendesk',
  ip_address: '127.0.0.1',
  action_label: ACTION_LABELS[log.action],
});
