// Opens an app in a dialog over the page.

import type { Instance } from '../host/instance.ts';
import { LAST_EVENTS_MS } from '../host/instance.ts';
import type { FrameData } from '../page-data.d.ts';
import { element } from './element.ts';
import { type OpenFrameDeps, openFrame } from './open-frame.ts';
import { resizeFrame, type Size } from './size.ts';

/**
 * Uses the browser's modal dialog: Esc closes it, and the focus moves into it and returns. The app that opened it gets `modal.close`.
 * The URL comes from `modalUrl`.
 */
export function openModal(deps: OpenFrameDeps, opener: Instance, url: string, size: Size): Instance {
  const close = element('button', { type: 'button', class: 'quiet', 'aria-label': 'Close' }, '✕');
  const head = element('div', { class: 'modal-head' }, element('h2', {}, opener.frame.title), close);
  const body = element('div', { class: 'modal-body' });
  const dialog = element('dialog', { class: 'modal', 'aria-label': opener.frame.title }, head, body);
  document.body.append(dialog);
  const instance = openFrame(deps, {
    frame: opener.frame,
    location: 'modal',
    parentGuid: opener.guid,
    url,
    into: body,
    place: (iframe) => {
      resizeFrame(iframe, size);
      return {
        resize: (size) => resizeFrame(iframe, size),
        setVisible: (visible) => (visible ? dialog.showModal() : dialog.close()),
        destroy: () => dialog.close(),
      };
    },
  });
  dialog.addEventListener('close', () => {
    for (const event of ['app.willDestroy', 'modal.close']) deps.host.fire(event, {}, (one) => one === instance);
    deps.host.remove(instance);
    setTimeout(() => dialog.remove(), LAST_EVENTS_MS);
  });
  close.addEventListener('click', () => dialog.close());
  dialog.showModal();
  return instance;
}

/** Null if it is not an http URL. `assets/x.html` is a file of the app's package; other paths are relative to the frame's URL. */
export function modalUrl(address: string, { url, assetsUrl }: Pick<FrameData, 'url' | 'assetsUrl'>): string | null {
  const [, asset] = /^assets\/(.+)$/s.exec(address) ?? [];
  const [path, base] = asset === undefined ? [address, url] : [asset, assetsUrl];
  if (!URL.canParse(path, base)) return null;
  const { href, protocol } = new URL(path, base);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
