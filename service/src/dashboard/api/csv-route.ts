// Answers what a viewer sees as a CSV file, with the same rights.
import type { Request, Response } from 'express';
import { z } from 'zod';
import { sendRefusal } from '../../sidebar/index.ts';
import { showOverview } from '../overview/show-overview.ts';
import { readSection } from '../sections/read-section.ts';
import { readAskedTickets, readTickets } from '../sections/tickets.ts';
import type { DashboardApiDeps } from './dashboard-api-deps.ts';
import type { Asked } from './dashboard-query.ts';
import { overviewCsv, queuesCsv, rulesCsv, ticketsCsv, trendsCsv } from './export-csv.ts';
import { rightsOf, viewerOf } from './viewer.ts';

const SECTIONS = ['overview', 'trends', 'queues', 'rules', 'tickets'] as const;
const sectionShape = z.object({ section: z.enum(SECTIONS) });
/** Of a list of tickets. */
const MAX_ROWS = 10_000;

/** `ask`: the question, or null if it was refused. */
export function exportCsv(
  deps: DashboardApiDeps,
  ask: (request: Request, response: Response) => Promise<Asked | null>,
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
    const asked = await ask(request, response);
    if (asked === null) return;
    const read = await write(section, asked);
    if (!read.ok) return sendRefusal(response, 'bad_request', read.message);
    response
      .type('text/csv; charset=utf-8')
      .set('content-disposition', `attachment; filename="deskwright-${section}-${asked.range}.csv"`)
      .send(read.text);

    async function write(
      section: (typeof SECTIONS)[number],
      asked: Asked,
    ): Promise<{ ok: true; text: string } | { ok: false; message: string }> {
      const viewer = viewerOf(response);
      switch (section) {
        case 'overview': {
          const rights = rightsOf(viewer, deps.policy.current().policy);
          return { ok: true, text: overviewCsv(showOverview(await deps.overviews.get(asked), rights)) };
        }
        case 'trends':
          return { ok: true, text: trendsCsv(await readSection(deps, section, asked, viewer)) };
        case 'queues':
          return { ok: true, text: queuesCsv(await readSection(deps, section, asked, viewer)) };
        case 'rules':
          return { ok: true, text: rulesCsv(await readSection(deps, section, asked, viewer)) };
        case 'tickets': {
          const tickets = readAskedTickets({ figure: request.query.figure });
          if (!tickets.ok) return tickets;
          const found = await deps.turns(() => readTickets(deps, asked, tickets.asked, viewer, MAX_ROWS));
          return { ok: true, text: ticketsCsv(found) };
        }
      }
    }
  };
}
