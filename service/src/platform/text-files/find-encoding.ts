// Tells in which encoding a text file is written, from its first bytes.

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export type FoundEncoding =
  | { readonly ok: true; readonly encoding: Encoding }
  /** No text that we read; `reason` is a sentence without full stop that says what to do. */
  | { readonly ok: false; readonly reason: string };

/**
 * UTF-16 with a byte order mark, or without one where the text begins with an ASCII character; else UTF-8, which the bytes that
 * follow may still not be.
 * @param head the first four bytes at least, or the whole of a shorter file
 */
export function findEncoding(head: Uint8Array): FoundEncoding {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { ok: false, reason: 'it is UTF-32; save it as UTF-8' };
  if (a === 0xff && b === 0xfe) return { ok: true, encoding: 'utf-16le' };
  if (a === 0xfe && b === 0xff) return { ok: true, encoding: 'utf-16be' };
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4)
    return { ok: false, reason: 'it is a workbook or another ZIP file; save it as "CSV UTF-8"' };
  if (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0)
    return { ok: false, reason: 'it is a workbook; save it as "CSV UTF-8"' };
  if (a !== undefined && b === 0 && a !== 0) return { ok: true, encoding: 'utf-16le' };
  if (a === 0 && b !== undefined && b !== 0) return { ok: true, encoding: 'utf-16be' };
  return { ok: true, encoding: 'utf-8' };
}
