// Routes for creating, updating, merging and deleting tickets.

import { withBody } from '../bodies/parse-body.ts';
import { mergeBody, ticketBody } from '../bodies/ticket.ts';
import type { Call, Reply, Route } from '../call.ts';
import { createIdempotencyStore } from '../idempotency.ts';
import { failedRow } from '../jobs/failed-row.ts';
import { replyWithJob } from '../jobs/reply-with-job.ts';
import { ticketDeleteBuckets, ticketUpdateBuckets } from '../limits/buckets.ts';
import { idParam } from '../params.ts';
import { created, noContent, notFound, ok, replyTo } from '../replies.ts';
import { showAudit } from '../shapes/comment.ts';
import { showTicket } from '../shapes/ticket.ts';

function create(call: Call): Reply | Promise<Reply> {
  return withBody(call, ticketBody, ({ ticket }) =>
    replyTo(call.account.tickets.create(ticket, call.by), (written) =>
      created({
        ticket: showTicket(call.account, call.url, written.ticket),
        audit: showAudit(call.account, call.url, written.audit),
      }),
    ),
  );
}

function update(call: Call): Reply | Promise<Reply> {
  return withBody(call, ticketBody, ({ ticket }) =>
    replyTo(call.account.tickets.update(idParam(call), ticket, call.by), (written) =>
      ok({
        ticket: showTicket(call.account, call.url, written.ticket),
        audit: showAudit(call.account, call.url, written.audit),
      }),
    ),
  );
}

function merge(call: Call): Reply | Promise<Reply> {
  const targetId = idParam(call);
  if (call.account.tickets.find(targetId) === undefined) return notFound();
  return withBody(call, mergeBody, (input) =>
    replyWithJob(call, 'Merge Tickets', 1, () => {
      const merged = call.account.tickets.merge(targetId, input, call.by);
      return merged.ok
        ? [{ id: targetId, action: 'merge', success: true, status: 'Merged' }]
        : [failedRow(0, targetId, merged.refusal)];
    }),
  );
}

const scope = 'tickets';

/** Created for each API, because each has its own store of idempotency keys. */
export function createTicketWriteRoutes(): readonly Route[] {
  const idempotently = createIdempotencyStore();
  return [
    { method: 'post', path: '/tickets', scope, handle: (call) => idempotently(call, () => create(call)) },
    { method: 'put', path: '/tickets/:id', scope, buckets: ticketUpdateBuckets, handle: update },
    {
      method: 'delete',
      path: '/tickets/:id',
      scope,
      buckets: ticketDeleteBuckets,
      handle: (call) => replyTo(call.account.tickets.softDelete(idParam(call), call.by), noContent),
    },
    {
      method: 'put',
      path: '/tickets/:id/mark_as_spam',
      scope,
      handle: (call) => replyTo(call.account.tickets.markAsSpam(idParam(call), call.by), () => ok('')),
    },
    { method: 'post', path: '/tickets/:id/merge', scope, handle: merge },
  ];
}
