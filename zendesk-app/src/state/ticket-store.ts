// How does the page keep one ticket's card current?
import type { Escalate, TicketCard } from '@deskwright/shared/contract';
import type { Answer, Refusal } from '../api/refusal.ts';
import type { Service } from '../api/service.ts';
import { backoff } from '../live/backoff.ts';
import { type FollowHandlers, followTicket } from '../live/follow-ticket.ts';
import type { TicketView, Trouble } from './ticket-view.ts';
import { troubleOf } from './trouble-of.ts';
import { withTicks } from './with-ticks.ts';

/** Others being answered moves a ticket's place without an event for it, and waiting grows by itself. */
const REFRESH_MS = 60_000;

export interface TicketStoreDeps {
  readonly service: Service;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  /** Whose name a fresh tick bears until the service says so itself. */
  readonly agentName: string;
}

export interface TicketStore {
  readonly view: () => TicketView;
  readonly subscribe: (listener: () => void) => () => void;
  /** Looked at: read anew and follow the live stream. Not looked at: let the connection go. */
  readonly setActive: (active: boolean) => void;
  readonly refresh: () => void;
  readonly tick: (stepId: string, done: boolean) => Promise<Answer<TicketCard>>;
  /** @param from the category that the agent saw */
  readonly correct: (from: string, to: string) => Promise<Answer<TicketCard>>;
  readonly undo: (correctionId: number) => Promise<Answer<TicketCard>>;
  readonly escalate: (body: Escalate) => Promise<Answer<TicketCard>>;
}

/** One store a ticket. Every screen reads the same view; the newest `asOf` wins whichever answer comes last. */
export function createTicketStore(deps: TicketStoreDeps, ticketId: number): TicketStore {
  const { service } = deps;
  const listeners = new Set<() => void>();
  const ticks = new Map<string, { done: boolean; by: string; at: string }>();
  let known: TicketCard | null = null;
  let trouble: Trouble | null = null;
  let view: TicketView = { ticketId, card: null, trouble: null };
  let reading = false;
  let readAgain = false;
  let failures = 0;
  let active = false;
  let next: ReturnType<typeof setTimeout> | undefined;
  let unfollow: (() => void) | null = null;
  let readBeforeOpen = false;

  function show(): void {
    view = { ticketId, card: known === null ? null : withTicks(known, ticks), trouble };
    for (const listener of listeners) listener();
  }

  function accept(card: TicketCard): void {
    if (known === null || card.asOf >= known.asOf) known = card;
    trouble = null;
    failures = 0;
  }

  function suffer(refusal: Refusal): void {
    const kind = troubleOf(refusal);
    if (kind === 'forbidden' || kind === 'not_found') known = null;
    if (kind === 'session_ended') unfollow?.();
    trouble = { kind, since: trouble?.kind === kind ? trouble.since : deps.now() };
    failures += 1;
  }

  async function read(): Promise<void> {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    clearTimeout(next);
    const answer = await service.card(ticketId);
    reading = false;
    readBeforeOpen = true;
    if (answer.ok) accept(answer.value);
    else suffer(answer.refusal);
    show();
    const again = readAgain && answer.ok;
    readAgain = false;
    if (!active) return;
    if (again) void read();
    else next = schedule(answer);
  }

  function schedule(answer: Answer<TicketCard>): ReturnType<typeof setTimeout> | undefined {
    if (answer.ok) return setTimeout(() => void read(), REFRESH_MS);
    const kind = answer.refusal.kind;
    if (kind === 'session_ended') return undefined; // Nothing the page does alone brings it back.
    const wait = answer.refusal.retryAfterMs ?? backoff(failures - 1, deps.random);
    return setTimeout(() => void read(), kind === 'unreachable' || kind === 'too_many_requests' ? wait : REFRESH_MS);
  }

  const handlers: FollowHandlers = {
    changed: () => void read(),
    opened() {
      // A change between the card's reading and the stream's opening would be lost.
      if (readBeforeOpen) void read();
    },
    lost: () => void read(),
  };

  /** The service answers an act with the new card, which saves a read. */
  async function act(asked: Promise<Answer<TicketCard>>): Promise<Answer<TicketCard>> {
    const answer = await asked;
    if (answer.ok) accept(answer.value);
    else if (answer.refusal.kind === 'session_ended') suffer(answer.refusal);
    show();
    if (!answer.ok && answer.refusal.kind !== 'fields_missing') void read();
    return answer;
  }

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setActive(wanted) {
      if (wanted === active) return;
      active = wanted;
      clearTimeout(next);
      unfollow?.();
      unfollow = null;
      if (!active) return;
      readBeforeOpen = false;
      void read();
      unfollow = followTicket({ fetch: service.fetch, random: deps.random }, ticketId, handlers);
    },
    refresh: () => void read(),
    async tick(stepId, done) {
      const tick = { done, by: deps.agentName, at: new Date(deps.now()).toISOString() };
      ticks.set(stepId, tick);
      show();
      const asked = service.tickStep(ticketId, stepId, { done }).finally(() => {
        // A second click on the same step stands above the answer to the first.
        if (ticks.get(stepId) === tick) ticks.delete(stepId);
      });
      return act(asked);
    },
    correct: (from, category) => act(service.correctCategory(ticketId, { from, category })),
    undo: (correctionId) => act(service.undoCorrection(ticketId, correctionId)),
    escalate: (body) => act(service.escalate(ticketId, body)),
  };
}
