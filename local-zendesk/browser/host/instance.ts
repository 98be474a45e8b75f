// What is one running app on the page?
import type { Size } from '../frames/size.ts';
import type { FrameData } from '../page-data.d.ts';

/** What the place around an app can do for it. */
export interface Place {
  resize(size: Size): void;
  setVisible(visible: boolean): void;
  /** Only where there is one: the top bar's. */
  popover?(wish: 'show' | 'hide' | 'toggle'): void;
  /** Only modals end on demand. */
  destroy?(): void;
}

export interface Instance {
  readonly guid: string;
  readonly frame: FrameData;
  readonly location: string;
  /** The modal's opener. */
  readonly parentGuid: string | null;
  readonly iframe: HTMLIFrameElement;
  /** The only origin that is listened to in this frame, and posted to. */
  readonly origin: string;
  readonly place: Place;
  /** Has shaken hands. */
  registered: boolean;
  /** On screen and not collapsed. */
  active: boolean;
  /** `<guid> <event>` of what this app listens to, on itself and on its modals. */
  readonly subscriptions: Set<string>;
}

export interface InstanceContext {
  instanceGuid: string;
  product: 'support';
  account: { subdomain: string };
  location: string;
  [more: string]: unknown;
}

const TICKET_PLACES = new Set(['ticket_sidebar', 'new_ticket_sidebar', 'ticket_editor']);

/** Only there an app has the ticket: its paths, its events and its save hook. */
export const isAtTicket = ({ location }: Instance): boolean => TICKET_PLACES.has(location);

const PANES = new Set(['top_bar', 'nav_bar']);

/** Opened by an icon: hears `pane.activated` and `pane.deactivated`, too. */
export const isPane = ({ location }: Instance): boolean => PANES.has(location);
