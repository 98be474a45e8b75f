// Tracks who has which ticket open.

export interface Presence {
  /** Reports that this agent opened the ticket; the returned function reports that they left. */
  enter(ticketId: number, agentId: number): () => void;
  /** Agents who have it open, in the order they came, each once. */
  viewers(ticketId: number): readonly number[];
  /** Calls back with the ticket's id whenever an agent opens or leaves it. Returns a function that unsubscribes. */
  onChange(listener: (ticketId: number) => void): () => void;
}

export function createPresence(): Presence {
  const visits = new Map<number, Set<{ agentId: number }>>();
  const listeners = new Set<(ticketId: number) => void>();
  const send = (ticketId: number) => {
    for (const listener of listeners) listener(ticketId);
  };
  return {
    enter: (ticketId, agentId) => {
      const visit = { agentId };
      const here = visits.get(ticketId) ?? new Set();
      visits.set(ticketId, here.add(visit));
      send(ticketId);
      return () => {
        if (!here.delete(visit)) return;
        if (here.size === 0) visits.delete(ticketId);
        send(ticketId);
      };
    },
    viewers: (ticketId) => [...new Set([...(visits.get(ticketId) ?? [])].map(({ agentId }) => agentId))],
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
