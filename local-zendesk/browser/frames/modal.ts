// How does an app open a dialog over the page?
import { FAREWELL_MS } from '../host/farewell.ts';
import type { Instance } from '../host/instance.ts';
import type { FrameData } from '../page-data.d.ts';
import { element } from './element.ts';
import { type OpenFrameDeps, openFrame } from './open-frame.ts';
import { resizeFrame, type Size } from './size.ts';

/**
 * The browser's own modal dialog: Esc closes it, the focus goes in and comes back. Its end is told as `modal.close` to the app that
 * opened it. The address is what `modalUrl` made of the app's.
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
        resize: (wish) => resizeFrame(iframe, wish),
        setVisible: (visible) => (visible ? dialog.showModal() : dialog.close()),
        destroy: () => dialog.close(),
      };
    },
  });
  dialog.addEventListener('close', () => {
    for (const event of ['app.willDestroy', 'modal.close']) deps.host.fire(event, {}, (one) => one === instance);
    deps.host.remove(instance);
    setTimeout(() => dialog.remove(), FAREWELL_MS);
  });
  close.addEventListener('click', () => dialog.close());
  dialog.showModal();
  return instance;
}

/** Null when it is no web address. `assets/x.html` is a file of the app's package; for others the frame's address is the base. */
export function modalUrl(address: string, { url, assetsUrl }: Pick<FrameData, 'url' | 'assetsUrl'>): string | null {
  const [, asset] = /^assets\/(.+)$/s.exec(address) ?? [];
  const [path, base] = asset === undefined ? [address, url] : [asset, assetsUrl];
  if (!URL.canParse(path, base)) return null;
  const { href, protocol } = new URL(path, base);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
