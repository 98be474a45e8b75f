// How are tickets read and written?
import { z } from 'zod';
import type { createNodeZendeskClient } from './node-zendesk-client.ts';
import { orNull } from './or-null.ts';
import { readShape } from './read-shape.ts';
import { auditShape, commentShape, jobShape, metricSetShape, ticketShape } from './shapes.ts';
import type { Transport } from './transport.ts';
import { type Zendesk, ZendeskError, type ZendeskTicket } from './zendesk.ts';

type TicketCalls = Pick<
  Zendesk,
  | 'showTicket'
  | 'showTickets'
  | 'listComments'
  | 'listAuditMetadata'
  | 'updateTicket'
  | 'updateTickets'
  | 'showJob'
  | 'exportTickets'
>;

/** `show_many` takes 100 ids; the export gives up to 1,000 tickets a page. */
const IDS_A_CALL = 100;
const EXPORT_PAGE = 1000;

const exportShape = z.object({
  tickets: z.array(ticketShape.extend({ metric_set: metricSetShape.omit({ ticket_id: true }).nullish() })),
  metric_sets: z.array(metricSetShape).nullish(),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
});

export function createTicketCalls(
  resources: ReturnType<typeof createNodeZendeskClient>,
  transport: Transport,
): TicketCalls {
  return {
    async showTicket(id) {
      if (!isId(id)) return null;
      const shown = await orNull(resources.tickets.show(id));
      return shown && readShape(ticketShape, shown.result, 'show ticket');
    },

    async showTickets(asked) {
      const ids = asked.filter(isId);
      const tickets = [];
      for (let from = 0; from < ids.length; from += IDS_A_CALL) {
        const { result } = await resources.tickets.showMany(ids.slice(from, from + IDS_A_CALL));
        tickets.push(...readShape(z.array(ticketShape), result, 'show_many tickets'));
      }
      return tickets;
    },

    async listComments(ticketId) {
      requireId(ticketId);
      return readShape(z.array(commentShape), await resources.tickets.getComments(ticketId), 'list comments');
    },

    async listAuditMetadata(ticketId) {
      requireId(ticketId);
      return readShape(z.array(auditShape), await resources.ticketaudits.list(ticketId), 'list audits');
    },

    async updateTicket(id, write) {
      requireId(id);
      // Direct, because node-zendesk types the body as a ticket read, not as a write.
      const { body } = await transport('PUT', `/api/v2/tickets/${id}.json`, { ticket: write });
      return readShape(z.object({ ticket: ticketShape }), body, 'update ticket').ticket;
    },

    async updateTickets(rows) {
      // `tickets.updateMany` makes all tickets alike; this form carries one change for each.
      const { body } = await transport('PUT', '/api/v2/tickets/update_many.json', { tickets: rows });
      const { job_status: job } = readShape(z.object({ job_status: jobShape }), body, 'update_many tickets');
      return { jobId: job.id };
    },

    async showJob(jobId) {
      const shown = await orNull(resources.jobstatuses.show(jobId));
      return shown && readShape(z.object({ job_status: jobShape }), shown.result, 'show job').job_status;
    },

    async exportTickets(from) {
      // node-zendesk's cursor export sends `cursor=undefined` and its paging stops after the first page.
      const query = new URLSearchParams({ per_page: String(EXPORT_PAGE), include: 'metric_sets' });
      if ('cursor' in from) query.set('cursor', from.cursor);
      else query.set('start_time', String(Math.floor(from.startTime)));
      const { body } = await transport('GET', `/api/v2/incremental/tickets/cursor.json?${query.toString()}`);
      const page = readShape(exportShape, body, 'incremental export');
      const tickets: ZendeskTicket[] = [];
      const metricSets = [...(page.metric_sets ?? [])];
      for (const { metric_set: metricSet, ...ticket } of page.tickets) {
        tickets.push(ticket);
        // Zendesk nests a side-loaded metric set into its ticket in some answers.
        if (metricSet) metricSets.push({ ...metricSet, ticket_id: ticket.id });
      }
      return { tickets, metricSets, cursor: page.after_cursor ?? null, endOfStream: page.end_of_stream };
    },
  };
}

/** Zendesk's ids start at 1; 0 stands for "none" in its events, and asking for it would be answered with who knows what. */
const isId = (id: number): boolean => Number.isSafeInteger(id) && id > 0;

function requireId(id: number): void {
  if (!isId(id)) throw new ZendeskError('not_found', `There is no ticket ${id}`, null);
}
