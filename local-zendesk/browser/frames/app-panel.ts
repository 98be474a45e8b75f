// Lays out an app in the panel on the right.
import type { Instance } from '../host/instance.ts';
import type { FrameData } from '../page-data.d.ts';
import { element } from './element.ts';
import { type OpenFrameDeps, openFrame } from './open-frame.ts';
import { resizeFrame, type Size, sizeOf } from './size.ts';

/** A title that collapses the app, with the frame below it at the height that the app asks for. */
export function addAppPanel(deps: OpenFrameDeps, panel: HTMLElement, frame: FrameData): void {
  const id = `app-${frame.installationId}-${frame.location}`;
  const title = element('button', { type: 'button', 'aria-expanded': 'true', 'aria-controls': id }, frame.title);
  const body = element('div', { class: 'app-body', id });
  const section = element('section', { class: 'app', 'aria-label': frame.title }, element('h2', {}, title), body);
  if (frame.flexible) section.classList.add('flexible');
  section.hidden = frame.autoHide;
  panel.append(section);

  let instance: Instance | undefined;
  const open = () => {
    instance ??= openFrame(deps, {
      frame,
      location: frame.location,
      into: body,
      place: (iframe) => {
        // Apps cannot change the width of the panel.
        const resize = ({ height }: Size) => resizeFrame(iframe, { width: null, height });
        resize(sizeOf(frame.size));
        return {
          resize,
          setVisible: (visible) => {
            section.hidden = !visible;
          },
        };
      },
    });
  };
  const setOpen = (isOpen: boolean) => {
    title.setAttribute('aria-expanded', String(isOpen));
    body.hidden = !isOpen;
    if (isOpen) open();
    if (instance === undefined) return;
    const mine = (one: Instance) => one === instance;
    instance.active = isOpen;
    deps.host.fire(isOpen ? 'app.expanded' : 'app.collapsed', {}, mine);
    deps.host.fire(isOpen ? 'app.activated' : 'app.deactivated', {}, mine);
  };
  title.addEventListener('click', () => setOpen(title.getAttribute('aria-expanded') !== 'true'));
  if (frame.autoLoad) open();
  else setOpen(false);
}
