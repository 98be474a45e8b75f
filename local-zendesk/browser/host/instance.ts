// Declares one running app on the page.
import type { Size } from '../frames/size.ts';
import type { FrameData } from '../page-data.d.ts';

/** How long a frame stays after its app was told that it ends, so that the app can handle the event. Milliseconds. */
export const LAST_EVENTS_MS = 250;

/** What the workspace can do with an app's frame. */
export interface Place {
  resize(size: Size): void;
  setVisible(visible: boolean): void;
  /** Only in the top bar. */
  popover?(command: 'show' | 'hide' | 'toggle'): void;
  /** Only modals can be destroyed on request. */
  destroy?(): void;
}

export interface Instance {
  readonly guid: string;
  readonly frame: FrameData;
  readonly location: string;
  /** The modal's opener. */
  readonly parentGuid: string | null;
  readonly iframe: HTMLIFrameElement;
  /** The frame's origin: messages are accepted from it and posted to it only. */
  readonly origin: string;
  readonly place: Place;
  /** The app has registered. */
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

/** Only there does an app have the ticket's paths, events and save hook. */
export const isAtTicket = ({ location }: Instance): boolean => TICKET_PLACES.has(location);

const PANES = new Set(['top_bar', 'nav_bar']);

/** Opened by an icon; also gets `pane.activated` and `pane.deactivated`. */
export const isPane = ({ location }: Instance): boolean => PANES.has(location);
