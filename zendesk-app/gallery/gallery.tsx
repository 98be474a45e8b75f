// Shows a state of the sidebar without Zendesk and service: `gallery.html?state=usual&scheme=dark&locale=de`.
import { createRoot } from 'react-dom/client';
import { startSidebar } from '../src/start-sidebar.tsx';
import { NOW } from '../src/testing/card-builders.ts';
import { aService, aSession, type FakeAnswer, ok, refusal } from '../src/testing/fake-service.ts';
import { aZendesk } from '../src/testing/fake-zendesk.ts';
import { STATES } from './states.ts';

const asked = new URLSearchParams(location.search);
const name = asked.get('state');
const place = document.getElementById('root');
if (place === null) throw new Error('The gallery has no place for the sidebar.');
if (name === null) listStates(place);
else await showState(place, name);

async function showState(place: HTMLElement, name: string): Promise<void> {
  const state = STATES[name] ?? {};
  const locale = asked.get('locale') ?? 'en-US';
  const service = aService();
  const changes = Array.isArray(state.card);
  const cards = [state.card ?? refusal(404, 'not_found')].flat();
  service.answer('GET /api/tickets/42/card', () =>
    cards.length > 1 ? (cards.shift() as FakeAnswer) : (cards[0] as FakeAnswer),
  );
  service.answer('POST /api/tickets/42/escalations', state.act ?? ('no network' as const));
  service.answer('PUT /api/tickets/42/steps/find', state.act ?? ('no network' as const));
  service.answer('POST /api/session', refusal(401, 'token_expired'));
  service.answer('GET /api/guidance', state.guidance ?? ok({ toneOfVoice: null, categories: [] }));
  const zendesk = aZendesk({
    context: state.newTicket ? { location: 'new_ticket_sidebar' } : { location: 'ticket_sidebar', ticketId: 42 },
    locale,
    commentType: state.internalNote ? 'internalNote' : 'publicReply',
    colorScheme: asked.get('scheme') === 'dark' ? 'dark' : 'light',
  });
  const session = document.createElement('script');
  session.type = 'application/json';
  session.id = 'deskwright-session';
  session.textContent = JSON.stringify(aSession({ agent: { id: 7, name: 'Ann Miller', locale } }));
  document.body.append(session);

  const root = createRoot(place);
  await startSidebar({
    page: document,
    sdk: zendesk.sdk,
    render: (screen) => root.render(screen),
    fetch: service.fetch,
    now: () => NOW,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
  });
  // The second answer of a state comes when Zendesk says that the ticket changed.
  if (changes) setTimeout(() => zendesk.send('ticket.updated'), 300);
}

/** Every state side by side, each in a frame as wide as Zendesk's. */
function listStates(place: HTMLElement): void {
  place.style.cssText = 'display: flex; flex-wrap: wrap; gap: 16px; font-family: sans-serif';
  for (const state of Object.keys(STATES)) {
    const figure = document.createElement('figure');
    const frame = document.createElement('iframe');
    const query = new URLSearchParams(asked);
    query.set('state', state);
    frame.src = `?${query.toString()}`;
    frame.width = '320';
    frame.height = '900';
    frame.title = state;
    const caption = document.createElement('figcaption');
    caption.textContent = state;
    figure.append(caption, frame);
    place.append(figure);
  }
}
