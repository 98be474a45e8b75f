// Reads the files of a policy when nobody is replacing several of them.
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type PolicyTexts, readPolicyTexts } from './read-policy-file.ts';

/** Stands in the policy's folder while `publish` replaces several files. */
export const publishingMark = (policyPath: string): string => join(dirname(policyPath), '.deskwright-publishing');

/** An older one was left by a `publish` that was killed; renaming takes milliseconds. */
const MARK_LASTS_MS = 60_000;

async function isBeingPublished(policyPath: string): Promise<boolean> {
  const mark = await stat(publishingMark(policyPath)).catch(() => null);
  return mark !== null && Date.now() - mark.mtimeMs < MARK_LASTS_MS;
}

/**
 * Null: the files are being replaced, so that some may be old and some new; read them again. Two equal readings with no mark in between
 * have no half: a `publish` that had begun before the first would still have its mark, and one that began later would change the second.
 */
export async function readSettled(
  path: string,
  options: Parameters<typeof readPolicyTexts>[1] = {},
): Promise<PolicyTexts | null> {
  const first = await readPolicyTexts(path, options);
  if (await isBeingPublished(path)) return null;
  return isDeepStrictEqual(await readPolicyTexts(path, options), first) ? first : null;
}
