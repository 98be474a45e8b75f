// Reads which version and build is running.
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export interface BuildInfo {
  version: string;
  /** The commit it was built from; null if the build did not know it. */
  commit: string | null;
}

const manifestShape = z.object({ version: z.string() });
const buildShape = z.object({ commit: z.string().nullable() });

/** The product's manifest is the root's, in the repository and in the package; `npm run build` writes `build.json`. */
export const BUILD: BuildInfo = {
  version: manifestShape.parse(readJson(new URL('../../../package.json', import.meta.url))).version,
  commit: readCommit(new URL('../build.json', import.meta.url)),
};

/** `0.1.0 (build 1a2b3c4d5e6f)`, or only the version. */
export function describeBuild({ version, commit }: BuildInfo): string {
  return commit === null ? version : `${version} (build ${commit})`;
}

function readCommit(file: URL): string | null {
  return existsSync(file) ? buildShape.parse(readJson(file)).commit : null;
}

function readJson(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
