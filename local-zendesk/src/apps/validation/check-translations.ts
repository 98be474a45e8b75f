// Checks the translations of a package.

import { isObject, type Json, locationsOf, PRODUCTS } from '../package/parse-manifest.ts';
import { type PackageFiles, textOf } from '../package/read-package.ts';
import { LOCALE } from './check-manifest.ts';

const PATH = /^translations\/(.*)\.json$/;
const PRIVATE_KEYS = ['name'];
const PUBLIC_KEYS = ['name', 'short_description', 'installation_instructions', 'long_description'];

export function checkTranslations(manifest: Json, files: PackageFiles): readonly string[] {
  return [...files.keys()].toSorted().flatMap((file) => {
    const [, locale] = PATH.exec(file) ?? [];
    if (locale === undefined) return [];
    const wrongLocale = LOCALE.test(locale) ? [] : [`${file} is not a valid locale.`];
    return [...wrongLocale, ...checkFile(manifest, file, locale, textOf(files, file) ?? '')];
  });
}

function checkFile(manifest: Json, file: string, locale: string, text: string): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return [`${file} is not valid JSON. ${error instanceof Error ? error.message : String(error)}`];
  }
  if (!isObject(json)) return [`${file} is not a JSON object.`];
  const app: Json = isObject(json['app']) ? json['app'] : {};
  const isDefault = locale === (manifest['defaultLocale'] ?? 'en');
  return [...checkFormat(json, app), ...checkLabels(file, app), ...(isDefault ? checkKeys(manifest, file, app) : [])];
}

/** An app for several products has its texts under each product's name. */
function checkKeys(manifest: Json, file: string, app: Json): readonly string[] {
  const products = PRODUCTS.map(({ name }) => name).filter((name) => name in app);
  if (products.length === 0) {
    const missing = missingKeys(manifest, app);
    return missing.length === 0 ? [] : [`Missing required key from ${file}: ${missing.join(', ')}`];
  }
  const served = [...new Set(locationsOf(manifest).map(({ product }) => product))];
  const [lacking] = products.filter((product) => missingKeys(manifest, textsOf(app, product)).length > 0);
  return [
    ...(products.every((product) => served.includes(product))
      ? []
      : [`Products in manifest (${capitals(served)}) do not match products in translations (${capitals(products)})`]),
    ...(lacking === undefined
      ? []
      : [
          `Missing required key from ${file} for ${capitals([lacking])}: ${missingKeys(manifest, textsOf(app, lacking)).join(', ')}`,
        ]),
  ];
}

const textsOf = (app: Json, product: string): Json => (isObject(app[product]) ? app[product] : {});

const capitals = (names: readonly string[]): string =>
  names.map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join(', ');

/** A private app needs a name; a public one what the marketplace shows. `description` is the older name of the short one. */
function missingKeys(manifest: Json, texts: Json): readonly string[] {
  const given = new Set(Object.keys(texts).map((key) => (key === 'description' ? 'short_description' : key)));
  return (manifest['private'] === false ? PUBLIC_KEYS : PRIVATE_KEYS).filter((key) => !given.has(key));
}

function checkLabels(file: string, app: Json): readonly string[] {
  const parameters: Json = isObject(app['parameters']) ? app['parameters'] : {};
  const bare = Object.keys(parameters).filter((name) => {
    const texts = parameters[name];
    return !isObject(texts) || !('label' in texts);
  });
  return bare.map((leaf) => `Missing required key label on leaf ${leaf} from ${file}`);
}

/** With `app.package` the file claims Zendesk's own format, in which every leaf is `{ title, value }`. */
function checkFormat(json: Json, app: Json): readonly string[] {
  if (!('package' in app)) return [];
  const { package: _package, ...rest } = app;
  const field = findNoLeaf({ ...json, app: rest });
  return field === null ? [] : [`${field} is invalid for translation.`];
}

function findNoLeaf(json: Json): string | null {
  for (const [key, value] of Object.entries(json)) {
    if (!isObject(value)) return `'${key}': '${String(value)}'`;
    if (typeof value['title'] === 'string' && typeof value['value'] === 'string') continue;
    const below = findNoLeaf(value);
    if (below !== null) return below;
  }
  return null;
}
