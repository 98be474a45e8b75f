// Notifies open pages of changed tickets.
import type { LiveEvent } from '@deskwright/shared/contract';

export interface Live {
  /** Subscribes to one ticket, and to policy changes, until the returned function is called. */
  subscribe(ticketId: number, listener: (event: LiveEvent) => void): () => void;
  ticketChanged(ticketId: number): void;
  policyChanged(): void;
  /** Changes may have been missed: every open page reads again. */
  anythingMayHaveChanged(): void;
  /** Stops all notifications. */
  stop(): void;
}

/** One decision writes a ticket's row several times; pages are notified once. */
const GATHER_MS = 200;
/** Interval between two pages when all are notified: 500 open sidebars read their cards over five seconds, not at the same moment. */
const APART_MS = 10;

export function createLive({ gatherMs = GATHER_MS }: { gatherMs?: number } = {}): Live {
  const listeners = new Map<number, Set<(event: LiveEvent) => void>>();
  const gathering = new Map<number, NodeJS.Timeout>();
  const later = new Set<NodeJS.Timeout>();

  /** The first at once, the others one after another. */
  function oneByOne(tasks: readonly (() => void)[]): void {
    const [first, ...others] = tasks;
    first?.();
    for (const [n, task] of others.entries()) {
      const timer = setTimeout(
        () => {
          later.delete(timer);
          task();
        },
        (n + 1) * APART_MS,
      );
      later.add(timer);
    }
  }

  function ticketChanged(ticketId: number): void {
    if (!listeners.has(ticketId) || gathering.has(ticketId)) return;
    const timer = setTimeout(() => {
      gathering.delete(ticketId);
      for (const tell of listeners.get(ticketId) ?? []) tell({ event: 'ticket', ticketId });
    }, gatherMs);
    gathering.set(ticketId, timer);
  }

  return {
    subscribe(ticketId, listener) {
      const others = listeners.get(ticketId) ?? new Set();
      listeners.set(ticketId, others.add(listener));
      return () => {
        others.delete(listener);
        if (others.size === 0 && listeners.get(ticketId) === others) listeners.delete(ticketId);
      };
    },
    ticketChanged,
    policyChanged() {
      const pages = [...listeners.values()].flatMap((ofOneTicket) =>
        [...ofOneTicket].map((tell) => ({ tell, ofOneTicket })),
      );
      // Pages that were closed meanwhile are skipped.
      oneByOne(
        pages.map(
          ({ tell, ofOneTicket }) =>
            () =>
              void (ofOneTicket.has(tell) && tell({ event: 'policy' })),
        ),
      );
    },
    anythingMayHaveChanged() {
      oneByOne([...listeners.keys()].map((ticketId) => () => ticketChanged(ticketId)));
    },
    stop() {
      for (const timer of [...gathering.values(), ...later]) clearTimeout(timer);
      gathering.clear();
      later.clear();
      listeners.clear();
    },
  };
}
