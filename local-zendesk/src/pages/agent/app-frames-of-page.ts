// Lists the apps of a page and what the browser may load for them.
import type { FrameData } from '../../../browser/page-data.d.ts';
import type { User } from '../../account/types.ts';
import type { AppFrame, AppFrames, AppLocation } from '../../apps/types.ts';

/** Until something is installed. */
export const NO_FRAMES: AppFrames = {
  at: () => [],
  sign: () => Promise.reject(new Error('No app is installed.')),
  proxy: () => Promise.reject(new Error('No app is installed.')),
};

const EVERYWHERE: readonly AppLocation[] = ['nav_bar', 'top_bar', 'background'];

/** The frames of these locations and of those that every page has. */
export function framesOfPage(frames: AppFrames, agent: User, locations: readonly AppLocation[]): FrameData[] {
  return [...locations, ...EVERYWHERE].flatMap((location) => frames.at(location, agent).map(frameData));
}

/** What the page needs of a frame; copied name by name, so that nothing else of it reaches the browser. */
function frameData(frame: AppFrame): FrameData {
  const { appId, installationId, title, version, location, url, signed, settings, iconUrl, assetsUrl } = frame;
  const { flexible, autoLoad, autoHide, size } = frame;
  const look = { flexible, autoLoad, autoHide, size };
  return { appId, installationId, title, version, location, url, signed, settings, iconUrl, assetsUrl, ...look };
}

/**
 * Allows the workspace's own scripts only. For pages with apps, frames and forms (the signed first load is a form) are allowed to the
 * apps' and their packages' origins, and requests to anywhere: this page sends `client.request` with `cors: true`, as in Zendesk. The
 * origins of apps of ZCLI's server are not known beforehand, so with them any origin is allowed.
 */
export function contentPolicy(frames: readonly FrameData[], zcli: boolean): string {
  const origins = (addresses: readonly (string | null)[]): string =>
    [...new Set(addresses.flatMap((address) => originOf(address ?? '') ?? []))].map((origin) => ` ${origin}`).join('');
  const anywhere = ' http: https:';
  const apps = zcli ? anywhere : origins(frames.map(({ url }) => url));
  const framed = zcli ? anywhere : origins(frames.flatMap(({ url, assetsUrl }) => [url, assetsUrl]));
  const icons = zcli ? anywhere : origins(frames.map(({ iconUrl }) => iconUrl));
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data:${icons}`,
    `connect-src 'self'${apps === '' ? '' : anywhere}`,
    `frame-src 'self'${framed}`,
    `form-action 'self'${apps}`,
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin, protocol } = new URL(url);
  return protocol === 'http:' || protocol === 'https:' ? origin : null;
}
