// Loads an app's page into its frame.
import type { AppHost } from '../host/app-host.ts';
import type { Instance, InstanceContext, Place } from '../host/instance.ts';
import type { FrameData } from '../page-data.d.ts';

export interface OpenFrameDeps {
  host: AppHost;
  contextOf: (instance: Instance) => InstanceContext;
  notify: (message: string, kind: 'notice' | 'alert' | 'error') => void;
}

export interface FrameOptions {
  frame: FrameData;
  location: string;
  /** Where the iframe goes. */
  into: HTMLElement;
  place: (iframe: HTMLIFrameElement) => Place;
  parentGuid?: string;
  /** For a modal: its own URL instead of the location's. */
  url?: string;
  active?: boolean;
}

/** What Zendesk allows apps in their frame. Navigating the whole page is not allowed. */
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads';

/** Creates the iframe and the instance; the host knows the instance before its page can send messages. */
export function openFrame(deps: OpenFrameDeps, options: FrameOptions): Instance {
  const { frame, location, into } = options;
  const guid = crypto.randomUUID();
  const url = frameUrl(options.url ?? frame.url, guid);
  const iframe = document.createElement('iframe');
  iframe.title = frame.title;
  iframe.name = `app_${guid}`;
  iframe.setAttribute('sandbox', SANDBOX);
  iframe.allow = 'clipboard-write';
  const instance: Instance = {
    guid,
    frame,
    location,
    parentGuid: options.parentGuid ?? null,
    iframe,
    origin: url.origin,
    place: options.place(iframe),
    registered: false,
    active: options.active ?? true,
    subscriptions: new Set(),
  };
  deps.host.add(instance);
  // Only pages of the manifest are signed; a modal's URL is the app's own.
  const signs = frame.signed && options.url === undefined;
  if (!signs) iframe.src = url.href;
  into.append(iframe);
  if (signs) void postToken(deps, instance, url);
  return instance;
}

/** The framework's SDK reads `origin` and `app_guid` from the query (or the hash). */
function frameUrl(address: string, guid: string): URL {
  const url = new URL(address, window.location.href);
  url.searchParams.set('origin', window.location.origin);
  url.searchParams.set('app_guid', guid);
  return url;
}

/** `signedUrls`: the first load is a POST form with a fresh token, into the iframe. */
async function postToken({ contextOf, notify }: OpenFrameDeps, instance: Instance, url: URL): Promise<void> {
  const token = await fetchToken(instance, contextOf(instance));
  if (token === null) return notify(`${instance.frame.title} could not be signed in.`, 'error');
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url.href;
  form.target = instance.iframe.name;
  form.hidden = true;
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'token';
  field.value = token;
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
}

async function fetchToken({ frame, location }: Instance, context: InstanceContext): Promise<string | null> {
  const { installationId } = frame;
  try {
    const response = await fetch('/agent/apps/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ installationId, location, context }),
    });
    return response.ok ? ((await response.json()) as { token: string }).token : null;
  } catch {
    return null; // The server cannot be reached; the caller shows that.
  }
}
