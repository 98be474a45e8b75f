// Lets admins make, list and revoke read-only links: to the dashboard on a wall, and to the company page about surveys.
import type { WallLink, WallLinks } from '@deskwright/shared/contract';
import express, { type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import { parseJson } from '../../platform/http/request-body.ts';
import type { Database } from '../../platform/storage/database.ts';
import { sendRefusal } from '../../sidebar/index.ts';
import { listLinks, MAX_LINKS, makeLink, revokeLink, type StoredLink } from '../wall/wall-links.ts';
import { agentOf, isAdmin, viewerOf } from './viewer.ts';

/** PostgreSQL stores neither NUL nor half a character. */
const newLink = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[^\p{Cc}\p{Cs}]{1,100}$/u),
  shows: z.enum(['dashboard', 'company']).default('dashboard'),
});
/** The number of a link or an alarm in an address. */
export const idParam = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);

/** Mount it at `/links`, behind `requireViewer`. */
export function linkRoutes({ db, publicUrl }: { db: Database; publicUrl: string }): Router {
  const router = express.Router({ caseSensitive: true });
  router.use(requireAdmin);
  router.get('/', async (_request, response) => {
    const links: WallLinks = { links: (await listLinks(db)).map(shownLink) };
    response.json(links);
  });
  router.post('/', ...parseJson(4_096), async (request, response) => {
    const body = newLink.safeParse(request.body);
    if (!body.success)
      return sendRefusal(
        response,
        'bad_request',
        '"name" must have 1 to 100 characters on one line, and "shows" be "dashboard" or "company".',
      );
    const made = await makeLink(db, { ...body.data, agentId: agentOf(viewerOf(response)).id });
    if (made === null)
      return sendRefusal(response, 'conflict', `There are ${MAX_LINKS} links already. Revoke those that nobody uses.`);
    const link: WallLink = { ...shownLink(made.link), url: urlOf(publicUrl, made) };
    response.status(201).json(link);
  });
  router.delete('/:id', async (request, response) => {
    const id = idParam.safeParse(request.params.id);
    if (!id.success) return sendRefusal(response, 'bad_request', '"id" is not the number of a link.');
    const isRevoked = await revokeLink(db, { linkId: id.data, agentId: agentOf(viewerOf(response)).id });
    if (!isRevoked) return sendRefusal(response, 'not_found', 'There is no such link; perhaps it was revoked.');
    response.status(204).end();
  });
  return router;
}

export const ONLY_ADMINS = 'Only an admin of Zendesk makes and revokes links for screens.';

const requireAdmin: RequestHandler = (_request, response, next) => {
  if (isAdmin(viewerOf(response))) return next();
  sendRefusal(response, 'forbidden', ONLY_ADMINS);
};

/** Without what would open it. */
export const shownLink = ({ id, name, shows, createdAt, createdBy, lastUsedAt }: StoredLink): WallLink => ({
  id,
  name,
  shows,
  createdAt: createdAt.toISOString(),
  createdBy: createdBy ?? '',
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** `publicUrl` may have a path. */
const urlOf = (publicUrl: string, { link, token }: { link: StoredLink; token: string }): string =>
  `${publicUrl.replace(/\/+$/, '')}/${link.shows === 'company' ? 'company' : 'wall'}/${token}`;
