// Starts the sidebar in a test as an agent sees it.
import type { Session, TicketCard } from '@deskwright/shared/contract';
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import type { ZafSdk } from '../base/zendesk/zaf-client.ts';
import { startSidebar } from '../start-sidebar.tsx';
import { aCard, NOW } from './card-builders.ts';
import { aService, aSession, type FakeAnswer, type FakeService, ok } from './fake-service.ts';
import { aZendesk, type FakeZendesk, type FakeZendeskParts } from './fake-zendesk.ts';

export interface Shown {
  readonly service: FakeService;
  readonly zendesk: FakeZendesk;
  readonly user: UserEvent;
  /** Advances the page's clock. @param ms milliseconds */
  readonly pass: (ms: number) => Promise<void>;
}

interface ShowParts extends FakeZendeskParts {
  /** The answer of the service when it is asked for the card. */
  readonly card?: Partial<TicketCard> | FakeAnswer;
  readonly session?: Partial<Session> | null;
  readonly service?: FakeService;
  /** Replaces the fake Zendesk's SDK. */
  readonly sdk?: ZafSdk;
}

const CARD = 'GET /api/tickets/42/card';

/**
 * Starts the whole app in a page as the service makes it. Zendesk, the network and the clock are fakes; Jest's fake timers must be
 * on, because the app polls.
 */
export async function showSidebar(parts: ShowParts = {}): Promise<Shown> {
  const service = parts.service ?? aService();
  const { card = {} } = parts;
  service.answer(CARD, isAnswer(card) ? card : ok(aCard(card)));
  document.body.innerHTML = '<div id="root"></div>';
  if (parts.session !== null) {
    const script = document.createElement('script');
    script.id = 'deskwright-session';
    script.type = 'application/json';
    script.textContent = JSON.stringify(aSession(parts.session));
    document.body.append(script);
  }
  const zendesk = aZendesk(parts);
  let ids = 0;
  const container = document.getElementById('root') as HTMLElement;
  await act(async () => {
    await startSidebar({
      page: document,
      sdk: parts.sdk ?? zendesk.sdk,
      render: (shown: ReactNode) => void render(shown, { container }),
      fetch: service.fetch,
      now: Date.now,
      random: () => 0.5,
      newId: () => {
        ids += 1;
        return `request-${ids}`;
      },
    });
  });
  await act(() => jest.advanceTimersByTimeAsync(0));
  const user = userEvent.setup({
    pointerEventsCheck: 0,
    advanceTimers: (ms) => jest.advanceTimersByTimeAsync(ms).then(() => undefined),
  });
  return { service, zendesk, user: settled(user), pass: (ms) => act(() => jest.advanceTimersByTimeAsync(ms)) };
}

/**
 * The same agent, whose every action ends when the page shows what came of it. React draws in a turn of the event loop of its own, which a busy
 * machine may take later than the test looks.
 */
function settled(user: UserEvent): UserEvent {
  return new Proxy(user, {
    get: (target, name, receiver) => {
      const action: unknown = Reflect.get(target, name, receiver);
      if (typeof action !== 'function') return action;
      return async (...given: unknown[]): Promise<unknown> => {
        const result: unknown = await action.apply(target, given);
        await act(() => jest.advanceTimersByTimeAsync(0));
        return result;
      };
    },
  });
}

/** Sets the clock to `NOW` before each test and removes the sidebar after it. */
export function withFixedClock(): void {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
  });
  afterEach(() => {
    cleanup();
    jest.useRealTimers();
  });
}

/** The card of this title. */
export function section(name: string | RegExp): HTMLElement {
  return screen.getByRole('region', { name });
}

function isAnswer(card: Partial<TicketCard> | FakeAnswer): card is FakeAnswer {
  return typeof card === 'string' || 'status' in card;
}
