// Parses a manifest leniently, for validation.
import { z } from 'zod';
import { type DuplicateKey, findDuplicateKey } from './find-duplicate-key.ts';
import { type PackageFiles, textOf } from './read-package.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The raw object of `manifest.json`; the reasons why there is none. */
export type ManifestReading =
  | { kind: 'manifest'; json: Json }
  | { kind: 'missing' }
  | { kind: 'not_json'; errors: string }
  | { kind: 'duplicate_key'; duplicate: DuplicateKey };

export interface ManifestParameter {
  name: string;
  type: string;
  required: boolean;
  secure: boolean;
  hasDefault: boolean;
  default: unknown;
  /** Where a secure setting may be filled in; null: wherever a request names it. */
  scopes: readonly string[] | null;
}

export interface ManifestLocation {
  product: string;
  location: string;
  url: unknown;
  flexible: unknown;
  autoLoad: boolean;
  autoHide: boolean;
  size: unknown;
  signed: boolean;
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Products whose apps are known, with the names older manifests gave them. */
export const PRODUCTS = [
  { name: 'support', legacyName: 'zendesk' },
  { name: 'chat', legacyName: 'zopim' },
  { name: 'sell', legacyName: 'sell' },
] as const;

export function parseManifest(files: PackageFiles): ManifestReading {
  const text = textOf(files, 'manifest.json');
  if (text === null) return { kind: 'missing' };
  try {
    const json: unknown = JSON.parse(text);
    const duplicate = findDuplicateKey(text);
    if (duplicate !== null) return { kind: 'duplicate_key', duplicate };
    return isObject(json) ? { kind: 'manifest', json } : { kind: 'not_json', errors: 'It must be an object.' };
  } catch (error) {
    return { kind: 'not_json', errors: error instanceof Error ? error.message : String(error) };
  }
}

const parameterShape = z.object({
  name: z.string().catch(''),
  type: z.string().catch('text').default('text'),
  required: z.boolean().catch(false),
  secure: z.boolean().catch(false),
  scopes: z.array(z.string()).nullable().catch(null),
});

/** Skips entries that are not objects; the validation reports all other problems. */
export function parametersOf(json: Json): readonly ManifestParameter[] {
  const list = Array.isArray(json['parameters']) ? (json['parameters'] as unknown[]) : [];
  return list.filter(isObject).map((one) => ({
    ...parameterShape.parse(one),
    hasDefault: 'default' in one,
    default: one['default'],
  }));
}

/** Every location of every product; a plain URL is short for an object with that `url`. */
export function locationsOf(json: Json): readonly ManifestLocation[] {
  const { location } = json;
  if (!isObject(location)) return [];
  return PRODUCTS.flatMap(({ name, legacyName }) => {
    const places = location[name] ?? location[legacyName];
    if (!isObject(places)) return [];
    return Object.entries(places).map(([place, given]) => {
      const options: Json = isObject(given) ? given : { url: given };
      return {
        product: name,
        location: place,
        url: options['url'],
        flexible: options['flexible'],
        autoLoad: options['autoLoad'] !== false,
        autoHide: options['autoHide'] === true,
        size: options['size'],
        signed: options['signed'] === undefined ? json['signedUrls'] === true : options['signed'] === true,
      };
    });
  });
}
