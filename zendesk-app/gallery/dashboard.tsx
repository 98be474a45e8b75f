// Shows a state of the dashboard without Zendesk and service: `dashboard-gallery.html?state=now&scheme=dark&locale=de&dir=rtl`.
import { createRoot } from 'react-dom/client';
import { startDashboard } from '../src/dashboard/start-dashboard.tsx';
import { answerDashboard } from '../src/testing/answer-dashboard.ts';
import { NOW } from '../src/testing/card-builders.ts';
import { aService, aSession } from '../src/testing/fake-service.ts';
import { aZendesk } from '../src/testing/fake-zendesk.ts';
import { DASHBOARD_STATES } from './dashboard-states.ts';

const asked = new URLSearchParams(location.search);
const name = asked.get('state');
const place = document.getElementById('root');
if (place === null) throw new Error('The gallery has no place for the dashboard.');
if (name === null) listStates(place);
else await showState(place, name);

async function showState(place: HTMLElement, name: string): Promise<void> {
  const state = DASHBOARD_STATES[name];
  if (state === undefined) throw new Error(`The gallery has no state "${name}".`);
  const locale = asked.get('locale') ?? 'en-US';
  const service = aService();
  answerDashboard(service, state);
  const zendesk = aZendesk({
    context: { location: 'nav_bar' },
    locale,
    colorScheme: asked.get('scheme') === 'dark' ? 'dark' : 'light',
  });
  const data = document.createElement('script');
  data.type = 'application/json';
  data.id = state.wall ? 'deskwright-wall' : 'deskwright-session';
  data.textContent = JSON.stringify(
    state.wall
      ? { token: 'wall-1', version: '0.1.0', locale }
      : aSession({ agent: { id: 7, name: 'Ann Miller', locale } }),
  );
  document.body.append(data);
  if (state.hash !== undefined) location.hash = state.hash;

  const root = createRoot(place);
  await startDashboard({
    page: document,
    sdk: zendesk.sdk,
    render: (screen) => root.render(screen),
    fetch: service.fetch,
    now: () => NOW,
    random: () => 0.5,
    ...(asked.get('dir') === 'rtl' ? { direction: 'rtl' as const } : {}),
  });
}

function listStates(place: HTMLElement): void {
  const list = document.createElement('ul');
  for (const state of Object.keys(DASHBOARD_STATES)) {
    const link = document.createElement('a');
    link.textContent = state;
    const query = new URLSearchParams(asked);
    query.set('state', state);
    link.href = `?${query.toString()}`;
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  }
  place.append(list);
}
