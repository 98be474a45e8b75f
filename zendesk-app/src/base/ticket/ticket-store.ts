// Keeps one ticket's card current: reads it, follows live events, and performs the agent's actions.
import { type TicketCard, VIEWING_MS } from '@deskwright/shared/contract';
import { backoff } from '../live/backoff.ts';
import { type FollowHandlers, followTicket } from '../live/follow-ticket.ts';
import type { Answer, Refusal } from '../service/refusal.ts';
import type { ServiceClient } from '../service/service-client.ts';
import { completeCard } from './complete-card.ts';
import { type LoadProblem, type TicketView, toLoadProblem } from './ticket-view.ts';

/** Some changes have no event for this ticket: answers to other tickets change its position, and its waiting time grows. */
const REFRESH_MS = 60_000;

export interface TicketStoreDeps {
  readonly service: ServiceClient;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/** A call to `/api/tickets/<id>/<path>` that the service answers with the ticket's new card. */
export interface TicketAction {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** The card as it will be; shown until the service answers. */
  readonly optimistic?: (card: TicketCard) => TicketCard;
}

export interface TicketStore {
  readonly view: () => TicketView;
  readonly subscribe: (listener: () => void) => () => void;
  /** True while an agent sees the page: reads the card and follows live events. False closes the connection. */
  readonly setActive: (active: boolean) => void;
  readonly refresh: () => void;
  readonly perform: (action: TicketAction) => Promise<Answer<TicketCard>>;
}

/** One store for each ticket. Of several answers the card with the newest `asOf` is shown, in whatever order they arrive. */
export function createTicketStore({ service, random }: TicketStoreDeps, ticketId: number): TicketStore {
  const listeners = new Set<() => void>();
  const pending = new Set<NonNullable<TicketAction['optimistic']>>();
  let latest: TicketCard | null = null;
  let problem: LoadProblem | null = null;
  let viewers: readonly string[] = [];
  let view: TicketView = { ticketId, card: null, problem: null, viewers };
  let reading = false;
  let readAgain = false;
  let failures = 0;
  let active = false;
  let nextRead: ReturnType<typeof setTimeout> | undefined;
  let unfollow: (() => void) | null = null;
  let viewing: ReturnType<typeof setInterval> | undefined;
  let readBeforeOpen = false;

  function publish(): void {
    const card = latest === null ? null : [...pending].reduce((shown, change) => change(shown), latest);
    view = { ticketId, card, problem, viewers };
    for (const listener of listeners) listener();
  }

  function accept(card: TicketCard): void {
    if (latest === null || card.asOf >= latest.asOf) latest = completeCard(card);
    problem = null;
    failures = 0;
  }

  function fail(refusal: Refusal): void {
    problem = toLoadProblem(refusal);
    if (problem === 'forbidden' || problem === 'not_found') latest = null;
    if (problem === 'session_ended') stopFollowing();
    failures += 1;
  }

  async function read(): Promise<void> {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    clearTimeout(nextRead);
    const answer = await service.call<TicketCard>('GET', `/api/tickets/${ticketId}/card`);
    reading = false;
    readBeforeOpen = true;
    if (answer.ok) accept(answer.value);
    else fail(answer.refusal);
    publish();
    const again = readAgain && answer.ok;
    readAgain = false;
    if (!active) return;
    if (again) void read();
    else nextRead = schedule(answer);
  }

  function schedule(answer: Answer<TicketCard>): ReturnType<typeof setTimeout> | undefined {
    if (answer.ok) return setTimeout(() => void read(), REFRESH_MS);
    const { kind, retryAfterMs } = answer.refusal;
    if (kind === 'session_ended') return undefined; // Only reloading the page starts a new session.
    const wait = retryAfterMs ?? backoff(failures - 1, random);
    return setTimeout(() => void read(), kind === 'unreachable' || kind === 'too_many_requests' ? wait : REFRESH_MS);
  }

  function showViewers(names: readonly string[]): void {
    if (names.length === 0 && viewers.length === 0) return;
    viewers = names;
    publish();
  }

  /** Nobody tells a page without a stream who else has the ticket open. */
  function stopViewing(): void {
    clearInterval(viewing);
    showViewers([]);
  }

  function stopFollowing(): void {
    unfollow?.();
    unfollow = null;
    stopViewing();
  }

  const handlers: FollowHandlers = {
    changed: () => void read(),
    viewers: showViewers,
    opened() {
      clearInterval(viewing);
      // Opening the stream counts as the first call.
      viewing = setInterval(() => void service.call('PUT', `/api/tickets/${ticketId}/viewing`), VIEWING_MS);
      // A change between reading the card and opening the stream would be missed.
      if (readBeforeOpen) void read();
    },
    lost() {
      stopViewing();
      void read();
    },
  };

  return {
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setActive(wanted) {
      if (wanted === active) return;
      active = wanted;
      clearTimeout(nextRead);
      stopFollowing();
      if (!active) return;
      readBeforeOpen = false;
      void read();
      unfollow = followTicket({ fetch: service.fetch, random }, ticketId, handlers);
    },
    refresh: () => void read(),
    async perform({ method, path, body, optimistic }) {
      if (optimistic !== undefined) {
        pending.add(optimistic);
        publish();
      }
      const answer = await service.call<TicketCard>(method, `/api/tickets/${ticketId}/${path}`, body);
      if (optimistic !== undefined) pending.delete(optimistic);
      if (answer.ok) accept(answer.value);
      else if (answer.refusal.kind === 'session_ended') fail(answer.refusal);
      publish();
      if (!answer.ok && answer.refusal.kind !== 'fields_missing') void read();
      return answer;
    },
  };
}
