// Checks the locations in a manifest.

import { isObject, type Json, locationsOf, type ManifestLocation, PRODUCTS } from '../package/parse-manifest.ts';
import type { PackageFiles } from '../package/read-package.ts';
import { missingFields, shown } from './words.ts';

const LOCATIONS: Readonly<Record<string, readonly string[]>> = {
  support: [
    'top_bar',
    'nav_bar',
    'ticket_sidebar',
    'new_ticket_sidebar',
    'user_sidebar',
    'organization_sidebar',
    'background',
    'modal',
    'ticket_editor',
    'system_top_bar',
    'custom_object_record_sidebar',
  ],
  chat: ['chat_sidebar', 'background'],
  sell: ['deal_card', 'person_card', 'company_card', 'lead_card', 'background', 'modal', 'top_bar', 'dashboard'],
};

export function checkLocations(manifest: Json, files: PackageFiles): readonly string[] {
  const { location } = manifest;
  const places = locationsOf(manifest);
  if (manifest['requirementsOnly'] === true || manifest['marketingOnly'] === true) {
    return places.length === 0 ? [] : ["Locations can't be defined when you specify requirements only"];
  }
  // A list or a bare name is how apps before framework 2.0 said it.
  if (Array.isArray(location) || typeof location === 'string') {
    return ['App locations need to be URLs for this framework version.'];
  }
  return [
    ...(places.length === 0 ? missingFields(['location']) : []),
    ...places.flatMap((place) => checkPlace(place, files)),
    ...PRODUCTS.flatMap(({ name }) => unknownPlaces(name, places)),
    ...unknownHosts(isObject(location) ? location : {}),
  ];
}

function checkPlace({ url, location, autoLoad, flexible }: ManifestLocation, files: PackageFiles): readonly string[] {
  const wrongFlexible =
    flexible === undefined || flexible === null || typeof flexible === 'boolean'
      ? []
      : [`${shown(flexible)} is an invalid type for the flexible location parameter.`];
  if (typeof url !== 'string' || url === '') {
    return [...(autoLoad ? [`${location} location does not specify a URI.`] : []), ...wrongFlexible];
  }
  return isServable(url, files)
    ? wrongFlexible
    : [`${url} is either an invalid location URI, refers to a missing asset, or does not use HTTPS.`, ...wrongFlexible];
}

/** HTTPS, this machine, a page of the package, or an address the admin completes when installing. */
function isServable(url: string, files: PackageFiles): boolean {
  if (url.includes('{{setting.')) return true;
  if (URL.canParse(url)) {
    const { protocol, hostname } = new URL(url);
    return protocol === 'https:' || hostname === 'localhost';
  }
  const path = url.replace(/[?#].*$/s, '');
  return path.startsWith('assets/') && files.has(path);
}

function unknownPlaces(product: string, places: readonly ManifestLocation[]): readonly string[] {
  const unknown = places
    .filter((place) => place.product === product && !(LOCATIONS[product] ?? []).includes(place.location))
    .map(({ location }) => location);
  if (unknown.length === 0) return [];
  const words = unknown.length === 1 ? 'is an invalid location' : 'are invalid locations';
  return [`${unknown.join(', ')} ${words} in ${product.charAt(0).toUpperCase()}${product.slice(1)}.`];
}

const unknownHosts = (location: Json): readonly string[] =>
  Object.keys(location)
    .filter((host) => !PRODUCTS.some(({ name, legacyName }) => host === name || host === legacyName))
    .map((host) => `${host} is an invalid host for apps.`);
