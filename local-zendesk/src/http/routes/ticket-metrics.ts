// Routes for ticket metrics.
import type { TicketMetrics } from '../../account/metrics.ts';
import type { Call, Reply, Route } from '../call.ts';
import { paginate } from '../paging/paginate.ts';
import { idParam } from '../params.ts';
import { notFound, ok } from '../replies.ts';
import { showMetrics } from '../shapes/ticket.ts';

const all = (call: Call): readonly TicketMetrics[] =>
  call.account.tickets.list().flatMap((ticket) => call.account.tickets.metrics(ticket.id) ?? []);

const showOne = (call: Call, metrics: TicketMetrics | undefined): Reply =>
  metrics === undefined ? notFound() : ok({ ticket_metric: showMetrics(call.url, metrics) });

const scope = 'tickets';

export const ticketMetricRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/ticket_metrics',
    scope,
    handle: (call) =>
      paginate<TicketMetrics>(call, {
        key: 'ticket_metrics',
        items: all(call).toReversed(),
        idOf: (metrics) => metrics.id,
        show: (metrics) => showMetrics(call.url, metrics),
      }),
  },
  {
    method: 'get',
    path: '/ticket_metrics/:id',
    scope,
    handle: (call) =>
      showOne(
        call,
        all(call).find((metrics) => metrics.id === idParam(call)),
      ),
  },
  {
    method: 'get',
    path: '/tickets/:id/metrics',
    scope,
    handle: (call) => showOne(call, call.account.tickets.metrics(idParam(call))),
  },
];
