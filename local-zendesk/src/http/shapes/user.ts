// Formats users for the API.
import type { User } from '../../account/types.ts';
import type { UrlOf } from '../call.ts';

/** A photo of the size Zendesk keeps, with its one thumbnail; the picture itself stays where it was named. */
function showPhoto(url: UrlOf, { id, photo_url: content_url }: User): Record<string, unknown> | null {
  if (content_url === null) return null;
  const shown = (photoId: number, side: number) => ({
    url: url(`/attachments/${photoId}.json`),
    id: photoId,
    file_name: 'photo.png',
    content_url,
    mapped_content_url: content_url,
    content_type: 'image/png',
    size: side * side,
    width: side,
    height: side,
    inline: false,
    deleted: false,
  });
  return { ...shown(id + 1, 80), thumbnails: [shown(id + 2, 32)] };
}

export const showUser = (url: UrlOf, user: User): Record<string, unknown> => ({
  id: user.id,
  url: url(`/users/${user.id}.json`),
  name: user.name,
  email: user.email,
  created_at: user.created_at,
  updated_at: user.updated_at,
  time_zone: user.time_zone,
  iana_time_zone: 'America/New_York',
  phone: user.phone,
  shared_phone_number: null,
  photo: showPhoto(url, user),
  locale_id: 1,
  locale: user.locale,
  organization_id: user.organization_id,
  role: user.role,
  verified: user.verified,
  external_id: user.external_id,
  tags: user.tags,
  alias: user.alias,
  active: user.active,
  shared: false,
  shared_agent: false,
  // Customers of the demo write mails and never sign in.
  last_login_at: user.role === 'end-user' ? null : user.updated_at,
  two_factor_auth_enabled: user.role === 'end-user' ? false : null,
  signature: user.signature,
  details: user.details,
  notes: user.notes,
  role_type: user.role === 'admin' ? 4 : user.role === 'agent' ? 0 : null,
  custom_role_id: user.custom_role_id,
  moderator: user.role !== 'end-user',
  ticket_restriction: user.ticket_restriction,
  only_private_comments: false,
  restricted_agent: user.role !== 'admin',
  suspended: user.suspended,
  default_group_id: user.default_group_id,
  report_csv: user.role === 'admin',
  user_fields: user.user_fields,
});

/** As the search index knows a user: without signs of signing in. */
export const showFoundUser = (url: UrlOf, user: User): Record<string, unknown> => ({
  ...showUser(url, user),
  last_login_at: null,
  two_factor_auth_enabled: null,
});

/** What `users/me` answers without valid credentials, with status 200. */
export const ANONYMOUS_USER: Readonly<Record<string, unknown>> = {
  id: null,
  url: null,
  name: 'Anonymous user',
  email: 'invalid@example.com',
  created_at: null,
  updated_at: null,
  time_zone: null,
  iana_time_zone: null,
  phone: null,
  shared_phone_number: null,
  photo: null,
  locale_id: 1,
  locale: 'en-US',
  organization_id: null,
  role: 'end-user',
  verified: null,
};
