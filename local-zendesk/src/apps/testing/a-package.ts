// Builds a package for tests, writes it into a temporary folder, and zips it.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import type { Json } from '../package/parse-manifest.ts';
import type { PackageFiles } from '../package/read-package.ts';

const aManifest = (changes: Json = {}): Json => ({
  name: 'Weather',
  author: { name: 'Northwind', email: 'it@northwind.test' },
  version: '1.2.0',
  frameworkVersion: '2.0',
  defaultLocale: 'en',
  private: true,
  location: { support: { ticket_sidebar: 'https://weather.example/sidebar' } },
  ...changes,
});

/** A right package; `files` adds to it or, with null, takes away. What is no text is written as JSON. */
export function aPackage(manifest: Json = {}, files: Readonly<Record<string, unknown>> = {}): PackageFiles {
  const given = manifest['parameters'];
  const parameters = Array.isArray(given) ? (given as { name: string }[]) : [];
  const labels = Object.fromEntries(parameters.map(({ name }) => [name, { label: name }]));
  const all = {
    'manifest.json': aManifest(manifest),
    'translations/en.json': { app: { name: 'Weather', parameters: labels } },
    'assets/logo.png': 'png',
    'assets/logo-small.png': 'png',
    ...files,
  };
  const encode = (content: unknown) =>
    new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  return new Map(
    Object.entries(all)
      .filter(([, content]) => content !== null)
      .map(([path, content]) => [path, encode(content)]),
  );
}

/** Writes a package into a temporary folder for tests. */
export function aFolder(files: PackageFiles): string {
  const root = mkdtempSync(join(tmpdir(), 'app-'));
  for (const [path, content] of files) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** Builds a zip for tests. */
export const zipOf = (files: PackageFiles): Buffer => Buffer.from(zipSync(Object.fromEntries(files)));
