// Reads the guidance files of a policy and reports their mistakes.
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { linePositions, type NamedGuidance, type PolicyProblem } from '@deskwright/shared';
import { decodeText } from '../../platform/text-files/decode-text.ts';
import type { Guidance, GuidanceByCategory } from './guidance.ts';
import { type ReadMarkdown, readMarkdown } from './read-markdown.ts';

/** Guidance is about a page; a larger file is probably something else. */
const MOST_BYTES = 200_000;

type GuidanceText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** By file name as in the policy, each once. */
export type GuidanceTexts = ReadonlyMap<string, GuidanceText>;

/** Only reads, because this runs regularly on unchanged files. Never throws. */
export async function readGuidanceTexts(named: readonly NamedGuidance[], folder: string): Promise<GuidanceTexts> {
  const files = [...new Set(named.map(({ file }) => file))];
  return new Map(await Promise.all(files.map(async (file) => [file, await readText(file, folder)] as const)));
}

async function readText(file: string, folder: string): Promise<GuidanceText> {
  const path = join(folder, file);
  try {
    // A symbolic link could lead outside the folder, to any file the service may read.
    const [home, real] = await Promise.all([realpath(folder), realpath(path)]);
    if (!real.startsWith(home.endsWith(sep) ? home : home + sep)) {
      return { ok: false, reason: `"${file}" is a link to a file outside the folder of the policy` };
    }
    const found = await stat(real);
    // Reading a pipe would block until somebody writes to it, and no edit would be noticed any more.
    if (!found.isFile() && !found.isDirectory()) return { ok: false, reason: `"${file}" is not a file` };
    if (found.size > MOST_BYTES) return { ok: false, reason: `"${file}" is larger than 200 kB` };
    const decoded = decodeText(await readFile(real));
    return decoded.ok ? decoded : { ok: false, reason: `"${file}" cannot be read: ${decoded.reason}` };
  } catch (error) {
    return { ok: false, reason: explain(error, file, path) };
  }
}

function explain(error: unknown, file: string, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `there is no file "${file}" in the folder of the policy (looked for ${path})`;
    case 'EACCES':
    case 'EPERM':
      return `no permission to read "${file}"`;
    case 'EISDIR':
      return `"${file}" is a folder; name the file in it`;
    default:
      return `"${file}" cannot be read: ${message}`;
  }
}

export interface ReadGuidance {
  /** Complete only if no problem is an error. */
  readonly guidance: GuidanceByCategory;
  /** Each with its own file, line and column; a file that cannot be read is reported where the policy names it. */
  readonly problems: readonly PolicyProblem[];
  /** The text of every file that could be read, by its name in `problems`. */
  readonly texts: ReadonlyMap<string, string>;
}

interface GuidanceNames {
  /** The policy's name in problems; guidance files are named relative to its folder. */
  policyFile: string;
  /** A guidance file's name in problems. */
  nameOf: (file: string) => string;
  /** Names of the policy's lookups. */
  lookups?: readonly string[];
}

/** Checks the texts that were read. */
export function checkGuidance(
  named: readonly NamedGuidance[],
  found: GuidanceTexts,
  { policyFile, nameOf, lookups = [] }: GuidanceNames,
): ReadGuidance {
  const read = new Map<string, ReadMarkdown>();
  for (const [file, result] of found) if (result.ok) read.set(file, readMarkdown(result.text, lookups));
  const missing = named.flatMap(({ file, place }): PolicyProblem[] => {
    const result = found.get(file);
    return result?.ok === false ? [{ severity: 'error', file: policyFile, ...place, message: result.reason }] : [];
  });
  const inside = [...read].flatMap(([file, { problems, source }]) => {
    const positionOf = linePositions(source);
    return problems.map(
      ({ offset, message, ...problem }): PolicyProblem => ({
        ...problem,
        // Parts of a message quote the file, and are printed to terminals and logs.
        message: message.replace(/\p{Cc}+/gu, ' '),
        file: nameOf(file),
        ...positionOf(offset),
        path: '',
      }),
    );
  });
  return {
    guidance: new Map(
      named.flatMap(({ categoryId, categoryName, file }): [string, Guidance][] => {
        const guidance = read.get(file)?.guidance;
        return guidance ? [[categoryId, { ...guidance, title: guidance.title ?? categoryName }]] : [];
      }),
    ),
    problems: [...missing, ...inside],
    texts: new Map([...read].map(([file, { source }]) => [nameOf(file), source])),
  };
}
