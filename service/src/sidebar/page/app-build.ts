// Finds the built app and the files its page loads.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';

export type PageName = 'sidebar' | 'dashboard';

/** Addresses of a page's files. */
export interface PageFiles {
  script: string;
  styles: readonly string[];
  /** Modules that the script imports, so that the browser loads them in parallel. */
  preloads: readonly string[];
}

export interface AppBuild {
  /** By the entry's name in the build. */
  pages: ReadonlyMap<string, PageFiles>;
  /** By address. */
  assets: ReadonlyMap<string, Asset>;
}

interface Asset {
  type: string;
  raw: Buffer;
  /** Null if compression saves nothing. */
  gzipped: Buffer | null;
}

/** Where the service serves Vite's `build/` folder. */
const BASE = '/app/';
const FIRST_PAGE: PageName = 'sidebar';

const manifestShape = z.record(
  z.string(),
  z.object({
    file: z.string(),
    name: z.string().optional(),
    isEntry: z.boolean().optional(),
    css: z.array(z.string()).default([]),
    imports: z.array(z.string()).default([]),
  }),
);
type Manifest = z.output<typeof manifestShape>;

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** `zendesk-app/build`, wherever npm linked the workspace. */
export function findAppBuild(): string {
  return join(
    dirname(createRequire(fileURLToPath(import.meta.url)).resolve('@deskwright/zendesk-app/package.json')),
    'build',
  );
}

/** Reads the build once and compresses its files, which are small, in advance. Null: the app is not built. */
export function readAppBuild(folder: string): AppBuild | null {
  let text: string;
  try {
    text = readFileSync(join(folder, '.vite/manifest.json'), 'utf8');
  } catch {
    return null;
  }
  const manifest = manifestShape.parse(JSON.parse(text));
  const pages = new Map(
    Object.entries(manifest).flatMap(([key, { isEntry, name, file }]) =>
      isEntry && name !== undefined ? [[name, filesOf(manifest, key, file)] as const] : [],
    ),
  );
  if (!pages.has(FIRST_PAGE)) throw new Error(`The build of the app has no entry "${FIRST_PAGE}".`);
  return { pages, assets: new Map(readAssets(folder)) };
}

function filesOf(manifest: Manifest, key: string, script: string): PageFiles {
  const imported = importsOf(manifest, key);
  return {
    script: BASE + script,
    styles: [...new Set([key, ...imported].flatMap((name) => manifest[name]?.css ?? []))].map((file) => BASE + file),
    preloads: imported.flatMap((name) => manifest[name]?.file ?? []).map((file) => BASE + file),
  };
}

/** All static imports, direct and indirect, as chunk names. */
function importsOf(manifest: Manifest, start: string): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const next of manifest[name]?.imports ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(start);
  return [...found];
}

function readAssets(folder: string): [string, Asset][] {
  return readdirSync(join(folder, 'assets'), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => {
      const path = join(file.parentPath, file.name);
      const raw = readFileSync(path);
      const gzipped = gzipSync(raw, { level: 9 });
      const type = TYPES[extname(file.name)] ?? 'application/octet-stream';
      const address = BASE + path.slice(folder.length + 1).replaceAll('\\', '/');
      return [address, { type, raw, gzipped: gzipped.length < raw.length ? gzipped : null }];
    });
}
