// Where does the sidebar start?
import { createRoot } from 'react-dom/client';
import { startSidebar } from './start-sidebar.tsx';

const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place for the sidebar: #root is missing.');

const root = createRoot(place);
await startSidebar({
  page: document,
  sdk: globalThis.ZAFClient,
  render: (screen) => root.render(screen),
  // `fetch` insists on being called on the window.
  fetch: (input, init) => fetch(input, init),
  now: Date.now,
  random: Math.random,
  newId: () => crypto.randomUUID(),
});
