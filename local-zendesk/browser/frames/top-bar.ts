// How does an app stand in the top bar?
import type { Instance } from '../host/instance.ts';
import type { FrameData } from '../page-data.d.ts';
import { element } from './element.ts';
import { type OpenFrameDeps, openFrame } from './open-frame.ts';

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
  bar.append(slot);
  let instance: Instance | undefined;
  const isShut = () => popover.hidden !== false;
  const open = () =>
    openFrame(deps, {
      frame,
      location: 'top_bar',
      into: popover,
      place: (iframe) => ({
        resize: ({ width, height }) => {
          if (width !== null) iframe.style.width = width;
          if (height !== null) iframe.style.height = height;
        },
        setVisible: (visible) => {
          slot.hidden = !visible;
        },
        popover: (wish) => setOpen(wish === 'toggle' ? isShut() : wish === 'show'),
      }),
    });
  const setOpen = (isOpen: boolean) => {
    popover.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) instance ??= open();
    if (instance === undefined) return;
    instance.active = isOpen;
    deps.host.fire(isOpen ? 'app.activated' : 'app.deactivated', {}, (one) => one === instance);
  };
  button.addEventListener('click', () => setOpen(isShut()));
  slot.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || isShut()) return;
    setOpen(false);
    button.focus();
  });
}
