// Adds links to the full-page apps of ZCLI's server.
import type { FrameData } from '../page-data.d.ts';
import { element } from './element.ts';

/** The server does not know them, so their places in the far-left bar come from here. */
export function addZcliLinks(frames: readonly FrameData[]): void {
  const list = document.querySelector('.rail ul');
  for (const { location, title, installationId } of frames) {
    if (location !== 'nav_bar' || list === null) continue;
    const href = `/agent/apps/${installationId}`;
    const link = element(
      'a',
      { href },
      element('span', { 'aria-hidden': 'true' }, title.slice(0, 1)),
      element('span', {}, title),
    );
    if (window.location.pathname === href) link.setAttribute('aria-current', 'page');
    list.append(element('li', {}, link));
  }
}
