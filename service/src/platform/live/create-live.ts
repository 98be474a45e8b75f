// Tells open pages which tickets have changed.
import type { LiveEvent } from '@deskwright/shared/contract';

export interface Live {
  /** Hears of one ticket, and of changed policies, until the returned function is called. */
  subscribe(ticketId: number, listener: (event: LiveEvent) => void): () => void;
  ticketChanged(ticketId: number): void;
  policyChanged(): void;
  /** Changes may have been missed: whoever looks at a ticket looks again. */
  anythingMayHaveChanged(): void;
  /** Tells nothing any more. */
  stop(): void;
}

/** One decision writes a ticket's row several times; the pages are told once. */
const GATHER_MS = 200;
/** Between two pages that are told what concerns all: 500 open sidebars ask for their cards within five seconds, not at the same moment. */
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
      // Who has left meanwhile is told nothing.
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
