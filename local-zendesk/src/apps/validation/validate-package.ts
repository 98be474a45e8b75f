// Validates a package by Zendesk's rules.
import type { DuplicateKey } from '../package/find-duplicate-key.ts';
import { type Json, parseManifest } from '../package/parse-manifest.ts';
import type { PackageFiles } from '../package/read-package.ts';
import { checkFiles } from './check-files.ts';
import { checkLocations } from './check-locations.ts';
import { checkManifest } from './check-manifest.ts';
import { checkParameters } from './check-parameters.ts';
import { checkRequirements } from './check-requirements.ts';
import { checkTranslations } from './check-translations.ts';
import { findWarnings } from './find-warnings.ts';

export interface PackageReport {
  /** Each of them makes Zendesk refuse the package. */
  problems: readonly string[];
  /** What Zendesk accepts, but a reviewer should check. */
  warnings: readonly string[];
}

/**
 * The rules and words of Zendesk's own validator for private and public apps, https://github.com/zendesk/zendesk_apps_support:
 * manifest, locations, parameters, translations, requirements, kinds of files. Not checked: custom objects of `requirements.json`,
 * the pictures of the marketplace.
 */
export function validatePackage(files: PackageFiles): PackageReport {
  const reading = parseManifest(files);
  switch (reading.kind) {
    case 'missing':
      return { problems: [missingManifest(files)], warnings: [] };
    case 'not_json':
      return { problems: [`manifest is not proper JSON. ${reading.errors}`], warnings: [] };
    case 'duplicate_key':
      return { problems: [duplicateKey(reading.duplicate)], warnings: [] };
    case 'manifest':
      return { problems: problemsOf(reading.json, files), warnings: findWarnings(reading.json, files) };
  }
}

const problemsOf = (manifest: Json, files: PackageFiles): readonly string[] => [
  ...checkManifest(manifest, files),
  ...checkParameters(manifest),
  ...checkLocations(manifest, files),
  ...checkTranslations(manifest, files),
  ...checkRequirements(manifest, files),
  ...checkFiles(files),
];

const duplicateKey = ({ key, original, attempted }: DuplicateKey): string =>
  `Duplicate keys are specified in the manifest.json file. Duplicate reference in manifest: "${key}". Initially set to "${original}", attempted overwrite to "${attempted}".`;

function missingManifest(files: PackageFiles): string {
  const nested = [...files.keys()].find((path) => /^[^/]+\/manifest\.json$/.test(path));
  return nested === undefined
    ? 'Could not find manifest.json'
    : `Could not find manifest.json in the root of the zip file, but ${nested} was found. Try re-creating the archive from this directory.`;
}
