// Starts the sidebar in the page that the service serves.
import { createRoot } from 'react-dom/client';
import { startSidebar } from './start-sidebar.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');

const reactRoot = createRoot(root);
// Not awaited: with a top-level await, Rolldown would not combine a language's texts into one file.
void startSidebar({
  page: document,
  sdk: globalThis.ZAFClient,
  render: (screen) => reactRoot.render(screen),
  // `fetch` must be called on the window.
  fetch: (input, init) => fetch(input, init),
  now: Date.now,
  random: Math.random,
  newId: () => crypto.randomUUID(),
});
