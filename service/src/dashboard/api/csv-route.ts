// Answers what a viewer sees as a CSV file, with the same rights.
import type { Request, Response } from 'express';
import { z } from 'zod';
import { sendRefusal } from '../../sidebar/index.ts';
import { showOverview } from '../overview/overview.ts';
import { readAskedTickets } from '../sections/asked-tickets.ts';
import { readSection } from '../sections/read-section.ts';
import { readTeam } from '../sections/team.ts';
import { readTickets } from '../sections/tickets.ts';
import { listLinks } from '../wall/wall-links.ts';
import type { DashboardApiDeps } from './dashboard-api-deps.ts';
import type { Asked, AskedOptions } from './dashboard-query.ts';
import { goalsCsv, linksCsv, overviewCsv, queuesCsv, rulesCsv, teamCsv, ticketsCsv, trendsCsv } from './export-csv.ts';
import { ONLY_ADMINS, shownLink } from './link-routes.ts';
import { isAdmin, NOT_ON_WALLS, rightsOf, viewerOf } from './viewer.ts';

const SECTIONS = ['overview', 'trends', 'goals', 'queues', 'rules', 'team', 'links', 'tickets'] as const;
type Section = (typeof SECTIONS)[number];
const sectionShape = z.object({ section: z.enum(SECTIONS) });
/** Of a list of tickets. */
const MAX_ROWS = 10_000;

type Written =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly refusal: 'bad_request' | 'forbidden'; readonly message: string };

const written = (text: string): Written => ({ ok: true, text });
const forbidden = (message: string): Written => ({ ok: false, refusal: 'forbidden', message });

/** `ask`: the question, or null if it was refused. */
export function exportCsv(
  deps: DashboardApiDeps,
  ask: (request: Request, response: Response, options?: AskedOptions) => Promise<Asked | null>,
): (request: Request, response: Response) => Promise<void> {
  return async (request, response) => {
    const named = sectionShape.safeParse(request.query);
    if (!named.success)
      return sendRefusal(
        response,
        'bad_request',
        `"section" must be given once, and be one of ${SECTIONS.join(', ')}.`,
      );
    const { section } = named.data;
    const asked = await ask(request, response, { anyPlace: section === 'tickets' });
    if (asked === null) return;
    const file = await write(section, asked);
    if (!file.ok) return sendRefusal(response, file.refusal, file.message);
    response
      .type('text/csv; charset=utf-8')
      .set('content-disposition', `attachment; filename="deskwright-${section}-${asked.range}.csv"`)
      .send(file.text);

    async function write(section: Section, asked: Asked): Promise<Written> {
      const viewer = viewerOf(response);
      const overview = async () =>
        showOverview(await deps.overviews.get(asked), rightsOf(viewer, deps.policy.current().policy));
      switch (section) {
        case 'overview':
          return written(overviewCsv(await overview()));
        case 'goals':
          return written(goalsCsv((await overview()).goals));
        case 'trends':
          return written(trendsCsv(await readSection(deps, section, asked, viewer)));
        case 'queues':
          return written(queuesCsv(await readSection(deps, section, asked, viewer)));
        case 'rules':
          return written(rulesCsv(await readSection(deps, section, asked, viewer)));
        case 'team':
          if (viewer.kind === 'wall') return forbidden(NOT_ON_WALLS);
          return written(teamCsv(await deps.turns(() => readTeam(deps, asked, viewer.agent))));
        case 'links':
          if (!isAdmin(viewer)) return forbidden(ONLY_ADMINS);
          return written(linksCsv((await listLinks(deps.links)).map(shownLink)));
        case 'tickets': {
          // All of them, not a page.
          const tickets = readAskedTickets({ ...request.query, page: undefined });
          if (!tickets.ok) return { ok: false, refusal: 'bad_request', message: tickets.message };
          const found = await deps.turns(() => readTickets(deps, asked, tickets.asked, viewer, MAX_ROWS));
          return found.ok ? written(ticketsCsv(found.tickets)) : found;
        }
      }
    }
  };
}
