// Finds the files that an entry of `include` names.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export type Found =
  | { readonly ok: true; readonly isPattern: boolean; readonly files: readonly string[] }
  /** A sentence without full stop. */
  | { readonly ok: false; readonly reason: string };

/** Beside the policy `publish` keeps the former ones, with the time in their names. */
const FORMER = /\.\d{4}-\d\d-\d\dT[\d-]+Z\.ya?ml$/;

/**
 * The files of a pattern by name, in the order of code units; hidden ones and former policies are left out.
 * @param path from the folder; the name of the file may have a `*`
 */
export async function findIncluded(path: string, folder: string): Promise<Found> {
  const at = path.lastIndexOf('/') + 1;
  const [inside, name] = [path.slice(0, at), path.slice(at)];
  if (!name.includes('*')) return { ok: true, isPattern: false, files: [path] };
  const literal = (part: string): string => part.replace(/[.+^$()|]/g, String.raw`\$&`);
  const pattern = new RegExp(`^${name.split('*').map(literal).join('.*')}$`, 'su');
  try {
    const names = await readdir(join(folder, inside));
    const files = names.filter((one) => pattern.test(one) && !one.startsWith('.') && !FORMER.test(one));
    return files.length > 0
      ? { ok: true, isPattern: true, files: files.toSorted().map((one) => inside + one) }
      : { ok: false, reason: `no file fits "${path}" in the folder of the policy` };
  } catch {
    const looked = `(looked for ${join(folder, inside)})`;
    return { ok: false, reason: `there is no folder "${inside}" in the folder of the policy ${looked}` };
  }
}
