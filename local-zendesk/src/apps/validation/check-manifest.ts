// Checks the fields of a manifest and their types.

import { isObject, type Json } from '../package/parse-manifest.ts';
import type { PackageFiles } from '../package/read-package.ts';
import { missingFields, shown } from './words.ts';

export const LOCALE = /^[a-z]{2,3}(-\w{2,3})?$/;

const BOOLEANS = ['requirementsOnly', 'marketingOnly', 'singleInstall', 'signedUrls', 'private'] as const;
// Zendesk's messages use the names in its own code here, not those of the manifest.
const STRINGS = {
  defaultLocale: 'default_locale',
  version: 'version',
  frameworkVersion: 'framework_version',
  remoteInstallationURL: 'remote_installation_url',
  termsConditionsURL: 'terms_conditions_url',
  gaID: 'google_analytics_code',
} as const;
const OAUTH_FIELDS = ['client_id', 'client_secret', 'authorize_uri', 'access_token_uri'] as const;

export function checkManifest(manifest: Json, files: PackageFiles): readonly string[] {
  const isBare = manifest['requirementsOnly'] === true || manifest['marketingOnly'] === true;
  return [
    ...missingFields(['author', 'defaultLocale'].filter((field) => isMissing(manifest[field]))),
    ...checkKinds(manifest),
    ...checkOauth(manifest),
    ...checkDefaultLocale(manifest['defaultLocale'], files),
    ...checkUrl('terms_conditions_url', manifest['termsConditionsURL']),
    ...checkUrl('author url', isObject(manifest['author']) ? manifest['author']['url'] : null),
    ...(isBare ? forbidFrameworkVersion(manifest) : checkFrameworkVersion(manifest['frameworkVersion'])),
    ...(manifest['marketingOnly'] === true && manifest['private'] !== false ? [PRIVATE_MARKETING] : []),
    ...(manifest['noTemplate'] === undefined || manifest['noTemplate'] === false ? [] : [NO_TEMPLATE]),
  ];
}

const PRIVATE_MARKETING = 'Marketing-only apps must not be private';

const NO_TEMPLATE =
  'noTemplate is deprecated and cannot be used with framework version 2 or above. Set the autoLoad or autoHide property for each specific location instead. Learn more: https://developer.zendesk.com/apps/docs/apps-v2/manifest#location.';

const isMissing = (value: unknown): boolean => value === undefined || value === null;

function checkKinds(manifest: Json): readonly string[] {
  const author = isObject(manifest['author']) ? manifest['author'] : {};
  const { experiments = {}, domainWhitelist, parameters } = manifest;
  return [
    ...BOOLEANS.flatMap((field) => boolean(field, manifest[field])),
    ...Object.entries(STRINGS).flatMap(([field, name]) => string(name, manifest[field])),
    ...['name', 'email', 'url'].flatMap((field) => string(`author ${field}`, author[field])),
    ...(isMissing(manifest['author']) || isObject(manifest['author'])
      ? []
      : keyValuePairs('author', manifest['author'])),
    ...(isObject(experiments) ? [] : keyValuePairs('experiments', experiments)),
    ...(isMissing(domainWhitelist) || isListOfStrings(domainWhitelist)
      ? []
      : ['The manifest field domainWhitelist need to be an array containing strings']),
    ...(isMissing(parameters) || Array.isArray(parameters)
      ? []
      : [`The manifest field parameters needs to be an array, but it was ${kindOf(parameters)}`]),
  ];
}

const keyValuePairs = (field: string, value: unknown): readonly string[] => [
  `The manifest field ${field} needs to be key-value pairs with string keys, but it was ${kindOf(value)}`,
];

const isListOfStrings = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Kinds of JSON by their names in Zendesk's own language. */
const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'Array';
  if (value === null) return 'NilClass';
  return (
    { string: 'String', number: 'Integer', boolean: value === true ? 'TrueClass' : 'FalseClass' }[
      typeof value as 'string'
    ] ?? 'Hash'
  );
};

export const boolean = (field: string, value: unknown): readonly string[] =>
  isMissing(value) || typeof value === 'boolean' ? [] : [`${field} must be a boolean value, got "${shown(value)}".`];

const string = (field: string, value: unknown): readonly string[] =>
  isMissing(value) || typeof value === 'string' ? [] : [`${field} must be a string, got "${shown(value)}".`];

const checkUrl = (field: string, value: unknown): readonly string[] =>
  typeof value !== 'string' || /^https?:\/\//.test(value) ? [] : [`${field} must be a valid URL, got "${value}".`];

function checkOauth({ oauth, parameters }: Json): readonly string[] {
  if (isMissing(oauth)) return [];
  const given: Json = isObject(oauth) ? oauth : {};
  const missing = OAUTH_FIELDS.filter((field) => isMissing(given[field]) || given[field] === '');
  const noun = missing.length === 1 ? 'field' : 'fields';
  const hasParameter = Array.isArray(parameters) && parameters.some((one) => isObject(one) && one['type'] === 'oauth');
  return [
    ...(missing.length === 0 ? [] : [`Missing required oauth ${noun} in manifest: ${missing.join(', ')}`]),
    ...(hasParameter
      ? []
      : [
          'Please upgrade to our new oauth format. Learn more: https://developer.zendesk.com/apps/docs/developer-guide/manifest#oauth',
        ]),
  ];
}

function checkDefaultLocale(locale: unknown, files: PackageFiles): readonly string[] {
  if (typeof locale !== 'string') return [];
  if (!LOCALE.test(locale)) return [`${locale} is not a valid default locale.`];
  if (files.has(`translations/${locale}.json`)) return [];
  return [
    `Missing translation file for locale '${locale}'. Learn more: https://developer.zendesk.com/apps/docs/developer-guide/deploying#app-internationalization`,
  ];
}

function checkFrameworkVersion(version: unknown): readonly string[] {
  if (isMissing(version)) return [...missingFields(['frameworkVersion']), unservedVersion('')];
  return version === '2.0' ? [] : [unservedVersion(shown(version))];
}

const unservedVersion = (version: string): string =>
  `${version} is not a valid framework version. Available versions are: 2.0.`;

const forbidFrameworkVersion = (manifest: Json): readonly string[] =>
  isMissing(manifest['frameworkVersion']) ? [] : ["Framework versions can't be set when you specify requirements only"];
