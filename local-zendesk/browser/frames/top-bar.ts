// Shows apps in the top bar.
import type { Instance } from '../host/instance.ts';
import type { FrameData } from '../page-data.d.ts';
import { element } from './element.ts';
import { type OpenFrameDeps, openFrame } from './open-frame.ts';
import { resizeFrame, sizeOf } from './size.ts';

/** An icon; a click opens the app below it. Loaded when first opened, as in Zendesk. */
export function addTopBarApp(deps: OpenFrameDeps, bar: HTMLElement, frame: FrameData): void {
  const picture =
    frame.iconUrl === null
      ? frame.title.slice(0, 1).toUpperCase()
      : element('img', { src: frame.iconUrl, alt: '', width: '20', height: '20' });
  const button = element(
    'button',
    { type: 'button', class: 'quiet', 'aria-expanded': 'false', title: frame.title },
    picture,
  );
  button.setAttribute('aria-label', frame.title);
  const popover = element('div', { class: 'popover card', hidden: '' });
  const slot = element('div', { class: 'top-bar-app' }, button, popover);
  slot.hidden = frame.autoHide;
  bar.append(slot);
  let instance: Instance | undefined;
  const isShut = () => popover.hidden !== false;
  const open = () =>
    openFrame(deps, {
      frame,
      location: 'top_bar',
      into: popover,
      place: (iframe) => {
        resizeFrame(iframe, sizeOf(frame.size));
        return {
          resize: (size) => resizeFrame(iframe, size),
          setVisible: (visible) => {
            slot.hidden = !visible;
          },
          popover: (command) => setOpen(command === 'toggle' ? isShut() : command === 'show'),
        };
      },
    });
  const setOpen = (isOpen: boolean) => {
    popover.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) instance ??= open();
    if (instance === undefined) return;
    instance.active = isOpen;
    const event = isOpen ? 'activated' : 'deactivated';
    for (const what of ['app', 'pane']) deps.host.fire(`${what}.${event}`, {}, (one) => one === instance);
  };
  button.addEventListener('click', () => setOpen(isShut()));
  slot.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || isShut()) return;
    setOpen(false);
    button.focus();
  });
}
