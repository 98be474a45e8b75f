// Makes text of a file's bytes, or says why they are none.
import { isUtf8 } from 'node:buffer';
import { findEncoding } from './find-encoding.ts';

export type DecodedText =
  | { readonly ok: true; readonly text: string }
  /** A sentence without full stop: what is wrong, where, and what to do. */
  | { readonly ok: false; readonly reason: string };

/** UTF-8 or UTF-16, with or without byte order mark, which is taken away. Never gives back a text with broken letters. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const found = findEncoding(bytes);
  if (!found.ok) return found;
  try {
    return { ok: true, text: new TextDecoder(found.encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, reason: `${explainBroken(bytes, found.encoding)}; save it as UTF-8` };
  }
}

function explainBroken(bytes: Uint8Array, encoding: string): string {
  if (encoding !== 'utf-8') return 'it begins as UTF-16 and holds bytes that are not';
  return notUtf8(1 + (findBadLine(bytes) ?? 0));
}

/** @param line from 1 */
export function notUtf8(line: number): string {
  return `line ${line} has letters that are not UTF-8, as programs write them that save in the encoding of their computer (ANSI, Windows-1252)`;
}

/** The first line that is not UTF-8, from 0; undefined: all are. */
export function findBadLine(bytes: Uint8Array): number | undefined {
  if (isUtf8(bytes)) return undefined;
  for (let line = 0, start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    if (!isUtf8(bytes.subarray(start, end === -1 ? undefined : end)) || end === -1) return line;
    start = end + 1;
  }
}
