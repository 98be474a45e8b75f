// Runs on every page of the workspace.
import { addZcliLinks } from './frames/add-zcli-links.ts';
import { framePart } from './frames/frame-part.ts';
import type { OpenFrameDeps } from './frames/open-frame.ts';
import { placeFrames } from './frames/place-frames.ts';
import { createAppHost } from './host/app-host.ts';
import type { Instance, InstanceContext } from './host/instance.ts';
import { runRequest } from './host/run-request.ts';
import type { PageData } from './page-data.d.ts';
import { readPageData } from './ticket/refresh.ts';
import { createTicketDesk } from './ticket/ticket-desk.ts';
import { createColorScheme } from './ui/color-scheme.ts';
import { createNotify } from './ui/notify.ts';
import { routePath } from './ui/route-to.ts';
import { userPart } from './ui/user-part.ts';
import { fetchZcliFrames, keepZcliFlag, withLocalApps, withZcliFlag } from './ui/zcli-apps.ts';

const pageData = readPageData(document);
if (pageData !== null) void start(pageData);

async function start(first: PageData): Promise<void> {
  const page = { data: first };
  const notify = createNotify();
  const scheme = createColorScheme();
  const contextOf = (instance: Instance): InstanceContext => {
    const { ticket, account, user, organization } = page.data;
    return {
      instanceGuid: instance.guid,
      product: 'support',
      account: { subdomain: account.subdomain },
      location: instance.location,
      ...(ticket !== null && (ticket.id === null ? { newTicketId: 'new/1' } : { ticketId: ticket.id })),
      ...(user !== null && { userId: user.id }),
      ...(organization !== null && { organizationId: organization.id }),
      ...(instance.parentGuid !== null && { parentGuid: instance.parentGuid }),
    };
  };
  const go = (address: string) => window.location.assign(first.zcli ? withZcliFlag(address) : address);

  const desk = createTicketDesk({ page, notify, go, contextOf });
  const routeTo = (args: readonly unknown[]) => go(routePath(args, page.data.frames));
  const parts = [
    desk.part,
    userPart(() => page.data, scheme),
    framePart({ frames: (): OpenFrameDeps => frameDeps, notify, routeTo }),
  ];
  const host = createAppHost({ parts, contextOf, request: runRequest });
  const frameDeps: OpenFrameDeps = { host, contextOf, notify };
  desk.connect(host);
  scheme.onChange((now) => host.fire('colorScheme.changed', now));
  window.addEventListener('resize', () =>
    host.fire('window.resize', { width: window.innerWidth, height: window.innerHeight }),
  );
  window.addEventListener('beforeunload', ({ defaultPrevented }) => {
    // The agent may decide to stay.
    if (!defaultPrevented) host.fire('app.willDestroy', {});
  });
  if (first.zcli) {
    keepZcliFlag();
    const frames = await fetchZcliFrames();
    if (frames === null) notify('No apps at http://localhost:4567. Start them: zcli apps:server', 'alert');
    else {
      page.data = { ...page.data, frames: withLocalApps(page.data.frames, frames) };
      addZcliLinks(page.data.frames.filter(({ installationId }) => installationId < 0));
    }
  }
  placeFrames(frameDeps, page.data.frames);
}
