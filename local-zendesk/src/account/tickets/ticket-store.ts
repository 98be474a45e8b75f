// Stores tickets with their comments, audits and metrics.
import type { Audit } from '../audit.ts';
import type { TicketMetrics } from '../metrics.ts';
import type { Comment, Ticket } from '../types.ts';

export interface TicketRecord {
  ticket: Ticket;
  comments: readonly Comment[];
  audits: readonly Audit[];
  metrics: TicketMetrics;
}

export interface TicketStore {
  nextTicketId: () => number;
  find: (id: number) => TicketRecord | undefined;
  findDeleted: (id: number) => TicketRecord | undefined;
  put: (record: TicketRecord) => void;
  /** Live tickets by id. */
  list: () => readonly Ticket[];
  deleted: () => readonly Ticket[];
  forget: (id: number) => void;
  count: () => number;
  incidents: (problemId: number) => readonly Ticket[];
}

/** Every access by id takes constant time; `list` walks once. */
export function createTicketStore(): TicketStore {
  const live = new Map<number, TicketRecord>();
  const gone = new Map<number, TicketRecord>();
  const incidentIds = new Map<number, Set<number>>();
  let lastId = 0;

  const linkIncident = (before: Ticket | undefined, after: Ticket): void => {
    if (before?.problem_id === after.problem_id) return;
    if (before?.problem_id) incidentIds.get(before.problem_id)?.delete(after.id);
    if (!after.problem_id) return;
    const ids = incidentIds.get(after.problem_id) ?? new Set();
    incidentIds.set(after.problem_id, ids.add(after.id));
  };

  /** A restored ticket joined at the end. */
  const restoreOrder = (): void => {
    const inOrder = [...live].toSorted(([a], [b]) => a - b);
    live.clear();
    for (const [id, record] of inOrder) live.set(id, record);
  };

  return {
    nextTicketId: () => {
      lastId += 1;
      return lastId;
    },
    find: (id) => live.get(id),
    findDeleted: (id) => gone.get(id),
    put: (record) => {
      const { ticket } = record;
      linkIncident(live.get(ticket.id)?.ticket, ticket);
      if (ticket.status === 'deleted') {
        live.delete(ticket.id);
        gone.set(ticket.id, record);
        return;
      }
      live.set(ticket.id, record);
      if (gone.delete(ticket.id)) restoreOrder();
    },
    list: () => [...live.values()].map((record) => record.ticket),
    deleted: () => [...gone.values()].map((record) => record.ticket),
    forget: (id) => {
      live.delete(id);
      gone.delete(id);
    },
    count: () => live.size,
    incidents: (problemId) =>
      [...(incidentIds.get(problemId) ?? [])]
        .flatMap((id) => live.get(id)?.ticket ?? [])
        .toSorted((a, b) => a.id - b.id),
  };
}
