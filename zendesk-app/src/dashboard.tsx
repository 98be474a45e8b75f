// Starts the dashboard in the page that the service serves, inside Zendesk or on a screen on the wall.
import { createRoot } from 'react-dom/client';
import { startDashboard } from './dashboard/start-dashboard.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');

const reactRoot = createRoot(root);
// Not awaited: with a top-level await, Rolldown would not combine a language's texts into one file.
void startDashboard({
  page: document,
  sdk: globalThis.ZAFClient,
  render: (screen) => reactRoot.render(screen),
  // `fetch` must be called on the window.
  fetch: (input, init) => fetch(input, init),
  now: Date.now,
  random: Math.random,
});
