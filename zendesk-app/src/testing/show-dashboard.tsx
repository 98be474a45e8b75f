// Starts the dashboard in a test as people see it.
import type { Dashboard, PageSession, WallPage } from '@deskwright/shared/contract';
import { act, configure, getConfig, render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { startDashboard } from '../dashboard/start-dashboard.tsx';
import { answerDashboard } from './answer-dashboard.ts';
import { aDashboard } from './dashboard-builders.ts';
import { aService, aSession, type FakeAnswer, type FakeService, ok } from './fake-service.ts';
import { aZendesk, type FakeZendesk } from './fake-zendesk.ts';

export interface ShownDashboard {
  readonly service: FakeService;
  readonly zendesk: FakeZendesk;
  readonly user: UserEvent;
  /** Advances the page's clock. @param ms milliseconds */
  readonly pass: (ms: number) => Promise<void>;
  /** Sends new numbers through the live stream. */
  readonly send: (parts: Partial<Dashboard>) => Promise<void>;
}

export interface ShowDashboardParts {
  readonly dashboard?: Partial<Dashboard> | FakeAnswer;
  /** The live stream does not connect. */
  readonly offline?: boolean;
  /** The address after `#`. */
  readonly hash?: string;
  /** The page of a wall link. */
  readonly wall?: boolean;
  readonly session?: Partial<PageSession> | null;
  readonly locale?: string;
  readonly direction?: 'ltr' | 'rtl';
  readonly colorScheme?: 'light' | 'dark';
  /** Answers in place of the usual ones. */
  readonly service?: (service: FakeService) => void;
}

const ROUNDS = 5;

/** Zendesk, the network and the clock are fakes; Jest's fake timers must be on. */
export async function showDashboard(parts: ShowDashboardParts = {}): Promise<ShownDashboard> {
  const { dashboard = {}, offline = false, hash = '', wall = false, locale = 'en-US' } = parts;
  const service = aService();
  answerDashboard(service, { dashboard: isAnswer(dashboard) ? dashboard : ok(aDashboard(dashboard)), offline });
  parts.service?.(service);
  window.history.replaceState(null, '', hash === '' ? '/' : `#${hash}`);
  document.body.innerHTML = '<div id="root"></div>';
  if (wall) addData('deskwright-wall', { token: 'wall-1', version: '0.1.0', locale } satisfies WallPage);
  else if (parts.session !== null) addData('deskwright-session', aSession(parts.session));
  const zendesk = aZendesk({
    context: { location: 'nav_bar' },
    locale,
    ...(parts.colorScheme === undefined ? {} : { colorScheme: parts.colorScheme }),
  });
  const container = document.getElementById('root') as HTMLElement;
  await act(async () => {
    await startDashboard({
      page: document,
      sdk: zendesk.sdk,
      render: (shown) => void render(shown, { container }),
      fetch: service.fetch,
      now: Date.now,
      random: () => 0.5,
      ...(parts.direction === undefined ? {} : { direction: parts.direction }),
    });
  });
  /** Several rounds, because what an answer changes may ask for another answer. */
  async function pass(ms: number): Promise<void> {
    await act(() => jest.advanceTimersByTimeAsync(ms));
    for (let round = 0; round < ROUNDS; round += 1) await act(() => jest.advanceTimersByTimeAsync(0));
  }
  await pass(0);
  const user = userEvent.setup({
    pointerEventsCheck: 0,
    advanceTimers: (ms) => jest.advanceTimersByTimeAsync(ms).then(() => undefined),
  });
  return {
    service,
    zendesk,
    user: acting(user),
    pass,
    async send(changed) {
      service.stream('dashboard', aDashboard({ asOf: new Date(Date.now()).toISOString(), ...changed }));
      await pass(0);
    },
  };
}

/**
 * Within `act`, because what an action changes later, as an answer comes, is otherwise rendered at a time of React's own. Testing Library takes an
 * action out of `act`: React then warns of every change, so its wrapper is put aside meanwhile.
 */
function acting(user: UserEvent): UserEvent {
  return new Proxy(user, {
    get(target, name) {
      const action: unknown = Reflect.get(target, name);
      if (typeof action !== 'function') return action;
      return async (...given: unknown[]): Promise<void> => {
        const before = getConfig();
        configure({ asyncWrapper: (work) => work() });
        try {
          await act(async () => {
            await action.apply(target, given);
            for (let round = 0; round < ROUNDS; round += 1) await jest.advanceTimersByTimeAsync(0);
          });
        } finally {
          configure(before);
        }
      };
    },
  });
}

function addData(id: string, data: unknown): void {
  const script = document.createElement('script');
  script.id = id;
  script.type = 'application/json';
  script.textContent = JSON.stringify(data);
  document.body.append(script);
}

function isAnswer(dashboard: Partial<Dashboard> | FakeAnswer): dashboard is FakeAnswer {
  return typeof dashboard === 'string' || 'status' in dashboard;
}
