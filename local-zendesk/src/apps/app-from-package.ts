// Creates an app from its package.
import type { App } from './app.ts';
import { isObject, locationsOf, PRODUCTS, parametersOf, parseManifest } from './package/parse-manifest.ts';
import { type PackageFiles, textOf } from './package/read-package.ts';

export type AppContent = Pick<
  App,
  | 'name'
  | 'version'
  | 'files'
  | 'manifest'
  | 'parameters'
  | 'locations'
  | 'domainWhitelist'
  | 'singleInstall'
  | 'defaultLocale'
>;

/** Of a package that passed validation. `name`: as asked for, else the manifest's, else the English translation's. */
export function appFromPackage(files: PackageFiles, name?: string): AppContent {
  const reading = parseManifest(files);
  const manifest = reading.kind === 'manifest' ? reading.json : {};
  const { version, domainWhitelist, singleInstall } = manifest;
  const defaultLocale = text(manifest['defaultLocale']) ?? 'en';
  return {
    name: name ?? text(manifest['name']) ?? translatedName(files, defaultLocale) ?? 'App',
    version: text(version) ?? '',
    files,
    manifest,
    parameters: parametersOf(manifest),
    locations: locationsOf(manifest),
    domainWhitelist: Array.isArray(domainWhitelist) ? domainWhitelist.map(String) : [],
    singleInstall: singleInstall === true,
    defaultLocale,
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function translatedName(files: PackageFiles, locale: string): string | undefined {
  const json: unknown = JSON.parse(textOf(files, `translations/${locale}.json`) ?? '{}');
  const app = isObject(json) ? json['app'] : undefined;
  if (!isObject(app)) return undefined;
  const names = [app, ...PRODUCTS.map(({ name }) => app[name])].map((one) => isObject(one) && one['name']);
  return names.map(text).find((one) => one !== undefined);
}
