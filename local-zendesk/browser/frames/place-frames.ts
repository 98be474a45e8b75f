// Decides where each app is shown on the page.
import type { FrameData } from '../page-data.d.ts';
import { addAppPanel } from './app-panel.ts';
import { element } from './element.ts';
import { type OpenFrameDeps, openFrame } from './open-frame.ts';
import { addTopBarApp } from './top-bar.ts';

const PANEL = new Set(['ticket_sidebar', 'new_ticket_sidebar', 'user_sidebar', 'organization_sidebar']);

/** Sidebars one under another, icons in the top bar, background apps out of sight, and the full page if this is one. */
export function placeFrames(deps: OpenFrameDeps, frames: readonly FrameData[]): void {
  const panel = document.querySelector<HTMLElement>('#apps');
  const bar = document.querySelector<HTMLElement>('#top-bar');
  const page = document.querySelector<HTMLElement>('#app-page');
  for (const frame of frames) {
    const { location } = frame;
    if (PANEL.has(location) && panel !== null) addAppPanel(deps, panel, frame);
    else if (location === 'top_bar' && bar !== null) addTopBarApp(deps, bar, frame);
    else if (location === 'background') addBackground(deps, frame);
    else if (location === 'nav_bar' && page?.dataset['installation'] === String(frame.installationId)) {
      openFrame(deps, {
        frame,
        location,
        into: page,
        place: () => ({ resize: () => undefined, setVisible: () => undefined }),
      });
    }
  }
  if (panel !== null && panel.querySelector('.app') === null) {
    panel.append(element('p', { class: 'card soft small' }, 'No apps are installed here.'));
  }
}

function addBackground(deps: OpenFrameDeps, frame: FrameData) {
  const out = element('div', { hidden: '' });
  document.body.append(out);
  openFrame(deps, {
    frame,
    location: 'background',
    into: out,
    place: () => ({ resize: () => undefined, setVisible: () => undefined }),
  });
}
