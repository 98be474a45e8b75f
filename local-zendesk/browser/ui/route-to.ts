// Finds the page that an app routes to.
import { ApiError } from '../host/api.ts';
import type { FrameData } from '../page-data.d.ts';

const PLACES: Readonly<Record<string, (id: string) => string>> = {
  ticket: (id) => (id.startsWith('new') ? '/agent/tickets/new' : `/agent/tickets/${id}`),
  user: (id) => `/agent/users/${id}`,
  organization: (id) => `/agent/organizations/${id}`,
  new_ticket: () => '/agent/tickets/new',
  views: (id) => (id === '' ? '/agent' : `/agent/views/${id}`),
};

const NEEDS_ID = new Set(['ticket', 'user', 'organization']);

/**
 * `routeTo("ticket", 42)`, also `user` and `organization`, `new_ticket`, `views`, and `nav_bar` with an app's id.
 * @throws ApiError for pages that this workspace does not have (such as search).
 */
export function routePath(args: readonly unknown[], frames: readonly FrameData[]): string {
  const [place = '', id = ''] = args.map((arg) =>
    typeof arg === 'number' || typeof arg === 'string' ? String(arg) : '',
  );
  if (place === 'nav_bar') {
    const frame = frames.find(({ location, appId }) => location === 'nav_bar' && String(appId) === id);
    if (frame === undefined) throw new ApiError('There is no such app in the navigation bar.');
    return `/agent/apps/${frame.installationId}`;
  }
  const make = Object.hasOwn(PLACES, place) ? PLACES[place] : undefined;
  if (make === undefined) throw new ApiError(`The local Zendesk has no page "${place}".`);
  if (id === '' && NEEDS_ID.has(place)) throw new ApiError(`"${place}" needs an id.`);
  return make(encodeURIComponent(id));
}
