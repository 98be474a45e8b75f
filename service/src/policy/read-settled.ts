// Reads the files of a policy while no `publish` replaces them.
import { isDeepStrictEqual } from 'node:util';
import { findMark, stateOf } from './publish-mark.ts';
import { type PolicyTexts, readPolicyTexts } from './read-policy-file.ts';

/**
 * Two equal readings between which the files were all old or all new have no half: a `publish` that had replaced some of them before the
 * first would still have its mark, and one that began later would change the second.
 * @returns null while files are being replaced or edited: read them again. When a `publish` was interrupted between two files, or is
 * `isLastTry`, not ok, with what to do
 */
export async function readSettled(
  path: string,
  { isLastTry = false, ...options }: Parameters<typeof readPolicyTexts>[1] & { isLastTry?: boolean } = {},
): Promise<PolicyTexts | null> {
  const first = await readPolicyTexts(path, options);
  const found = await findMark(path);
  if (found && (await stateOf(found)) === 'between')
    return found.isFresh && !isLastTry ? null : { ok: false, reason: describeInterrupted(found.path) };
  return isLastTry || isDeepStrictEqual(await readPolicyTexts(path, options), first) ? first : null;
}

const describeInterrupted = (mark: string): string =>
  `deskwright publish was interrupted, and only some of the files are new. Publish the draft again, which takes back first what was done; deskwright publish --take-back only does that. If the files are right as they are, delete ${mark}`;
