// Reads the guidance files of a policy and reports their mistakes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { linePositions, type NamedGuidance, type PolicyProblem } from '@deskwright/shared';
import { readBelow } from '../read-below.ts';
import type { Guidance, GuidanceByCategory } from './guidance.ts';
import { type ReadMarkdown, readMarkdown } from './read-markdown.ts';

/** Guidance is about a page; a larger file is probably something else. */
const MOST = { bytes: 200_000, said: '200 kB' };

type GuidanceText =
  | {
      readonly ok: true;
      readonly text: string;
      /** The folder in which it was found, if it is a draft's and not the policy's. */
      readonly from?: string;
    }
  | { readonly ok: false; readonly reason: string };

/** By file name as in the policy, each once. */
export type GuidanceTexts = ReadonlyMap<string, GuidanceText>;

/**
 * Only reads, because this runs regularly on unchanged files. Never throws.
 * @param draftFolder what stands there goes before what stands in `folder`
 */
export async function readGuidanceTexts(
  named: readonly NamedGuidance[],
  folder: string,
  draftFolder?: string,
): Promise<GuidanceTexts> {
  const files = [...new Set(named.map(({ file }) => file))];
  const read = async (file: string): Promise<GuidanceText> => {
    if (draftFolder === undefined) return readText(file, folder);
    const found = (await readDrafts(file, draftFolder)) ?? (await readText(file, folder));
    return found.ok || existsSync(join(draftFolder, file))
      ? found
      : { ...found, reason: `${found.reason}; beside the draft there is none` };
  };
  return new Map(await Promise.all(files.map(async (file) => [file, await read(file)] as const)));
}

/** Null: the draft has no such file beside it. */
async function readDrafts(file: string, folder: string): Promise<GuidanceText | null> {
  if (!existsSync(join(folder, file))) return null;
  const read = await readText(file, folder);
  return read.ok ? { ...read, from: folder } : read;
}

async function readText(file: string, folder: string): Promise<GuidanceText> {
  const read = await readBelow(file, folder, MOST);
  return read.ok ? { ok: true, text: read.text } : read;
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
  /** The name in problems of a guidance file, or of a file that the policy includes. */
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
  const missing = named.flatMap(({ file, place, includedBy }): PolicyProblem[] => {
    const result = found.get(file);
    const by = includedBy === undefined ? policyFile : nameOf(includedBy);
    return result?.ok === false ? [{ severity: 'error', file: by, ...place, message: result.reason }] : [];
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
