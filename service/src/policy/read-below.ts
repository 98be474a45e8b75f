// Reads a text file in the policy's folder or below it, and nothing outside.
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { decodeText } from '../platform/text-files/decode-text.ts';

export type TextBelow =
  | { readonly ok: true; readonly text: string /** Without symbolic links. */; readonly real: string }
  /** A part of a sentence: what is wrong with the file. */
  | { readonly ok: false; readonly reason: string };

interface Limit {
  readonly bytes: number;
  /** `200 kB`. */
  readonly said: string;
}

/** @param file as the policy names it, relative to the folder */
export async function readBelow(file: string, folder: string, limit: Limit): Promise<TextBelow> {
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
    if (found.size > limit.bytes) return { ok: false, reason: `"${file}" is larger than ${limit.said}` };
    const decoded = decodeText(await readFile(real));
    return decoded.ok
      ? { ok: true, text: decoded.text, real }
      : { ok: false, reason: `"${file}" cannot be read: ${decoded.reason}` };
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
