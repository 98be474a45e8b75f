// Loads the apps that ZCLI's own server offers.
import { asText } from '../host/as-text.ts';
import { asRecord } from '../host/wire.ts';
import type { FrameData } from '../page-data.d.ts';

const SERVER = 'http://localhost:4567';

/** The apps of `zcli apps:server`, as frames; null when it does not answer. */
export async function fetchZcliFrames(): Promise<FrameData[] | null> {
  try {
    const response = await fetch(`${SERVER}/app.json`);
    return response.ok ? framesIn(await response.json()) : null;
  } catch {
    return null; // Not running.
  }
}

/** One frame per Support location of each enabled installation; generated ids are negative, so that they match no installed app. @internal */
export function framesIn(json: unknown): FrameData[] {
  const { apps, installations } = asRecord(json) ?? {};
  if (!Array.isArray(apps) || !Array.isArray(installations)) return [];
  return installations.flatMap((installation: unknown, index): FrameData[] => {
    const { app_id, enabled, id, settings } = asRecord(installation) ?? {};
    const app = asRecord(apps.find((one: unknown) => asRecord(one)?.['id'] === app_id));
    if (app === null || enabled === false) return [];
    const values = settingsOf(settings);
    const places = Object.entries(asRecord(asRecord(app['locations'])?.['support']) ?? {});
    return places.flatMap(([location, place]): FrameData[] => {
      const { url, flexible, autoLoad, autoHide, size, svg } = asRecord(place) ?? { url: place };
      if (typeof url !== 'string') return [];
      const prefix = asText(app['asset_url_prefix']);
      return [
        {
          appId: Number(app_id) || -(index + 1),
          installationId: Number(id) || -(index + 1),
          title: asText(values['title'] ?? app['name'] ?? 'App'),
          version: asText(app['version']),
          location,
          url: addressOf(url, prefix, values),
          signed: app['signed_urls'] === true,
          flexible: flexible !== false,
          autoLoad: autoLoad !== false,
          autoHide: autoHide === true,
          size,
          settings: values,
          iconUrl: typeof svg === 'string' ? `${prefix}${svg}` : null,
          assetsUrl: prefix,
        },
      ];
    });
  });
}

/**
 * A local app replaces the installed one with the same id and uses its installation, which signs its requests and has its secure
 * settings. Without an installed one, requests cannot be signed.
 */
export function withLocalApps(installed: readonly FrameData[], local: readonly FrameData[]): FrameData[] {
  const localIds = new Set(local.map(({ appId }) => appId));
  const takenOver = local.map((frame) => {
    const original = installed.find(({ appId, location }) => appId === frame.appId && location === frame.location);
    return original === undefined
      ? { ...frame, signed: false }
      : { ...frame, installationId: original.installationId, signed: frame.signed && original.signed };
  });
  return [...installed.filter(({ appId }) => !localIds.has(appId)), ...takenOver];
}

/** `[{title: "..."}, {token: "..."}]` as one object. */
function settingsOf(list: unknown): Record<string, unknown> {
  return Array.isArray(list) ? Object.assign({}, ...list.map((one: unknown) => asRecord(one) ?? {})) : {};
}

function addressOf(url: string, prefix: string, settings: Record<string, unknown>): string {
  const filled = url.replace(/\{\{setting\.(\w+)\}\}/g, (_whole, name: string) => asText(settings[name]));
  return filled.startsWith('assets/') ? prefix + filled.slice('assets/'.length) : filled;
}

/** The flag stays on while the agent goes through the workspace. */
export function withZcliFlag(address: string): string {
  const url = new URL(address, window.location.href);
  if (url.origin !== window.location.origin || !url.pathname.startsWith('/agent')) return address;
  url.searchParams.set('zcli_apps', 'true');
  return url.href;
}

/** On every link and form of the page, those that come later too. */
export function keepZcliFlag(): void {
  const markAll = () => {
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href]:not([href^="#"])')) {
      const marked = withZcliFlag(link.href);
      if (marked !== link.href) link.href = marked;
    }
    for (const form of document.querySelectorAll('form')) {
      if (form.method === 'get') addFlag(form);
      else if (form.action !== withZcliFlag(form.action)) form.action = withZcliFlag(form.action);
    }
  };
  markAll();
  new MutationObserver(markAll).observe(document.body, { childList: true, subtree: true });
}

/** A GET form's own address loses its query. */
function addFlag(form: HTMLFormElement) {
  if (form.elements.namedItem('zcli_apps') !== null) return;
  const flag = document.createElement('input');
  flag.type = 'hidden';
  flag.name = 'zcli_apps';
  flag.value = 'true';
  form.append(flag);
}
