// Detects the encoding of a file and decodes its text.
import { isUtf8 } from 'node:buffer';

export type DecodedText =
  | { readonly ok: true; readonly text: string }
  /** A sentence without full stop: what is wrong, where, and what to do. */
  | { readonly ok: false; readonly reason: string };

/** UTF-8 or UTF-16, with or without byte order mark, which is removed. Never returns a text with broken characters. */
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
  if (encoding !== 'utf-8') return 'it starts as UTF-16 but contains invalid bytes';
  const line = findBadLine(bytes) ?? 0;
  return `${notUtf8(1 + line)}: ${describeBadByte(bytes, line)}`;
}

/** `column 14 has the byte E9, which is "é" there`. */
function describeBadByte(bytes: Uint8Array, line: number): string {
  let start = 0;
  for (let n = 0; n < line; n++) start = bytes.indexOf(0x0a, start) + 1;
  const end = bytes.indexOf(0x0a, start);
  const written = bytes.subarray(start, end === -1 ? undefined : end);
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(written).split('\uFFFD')[0] ?? '';
  const byte = written.subarray(Buffer.byteLength(before)).subarray(0, 1);
  const char = new TextDecoder('windows-1252').decode(byte);
  return `column ${before.length + 1} has the byte ${Buffer.from(byte).toString('hex').toUpperCase()}, which is "${char}" there`;
}

/** @param line from 1 */
export function notUtf8(line: number): string {
  return `line ${line} is not valid UTF-8, as in files saved in the computer's own encoding (ANSI, Windows-1252)`;
}

/** The first line that is not valid UTF-8, from 0; undefined: all are. */
export function findBadLine(bytes: Uint8Array): number | undefined {
  if (isUtf8(bytes)) return undefined;
  for (let line = 0, start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    if (!isUtf8(bytes.subarray(start, end === -1 ? undefined : end)) || end === -1) return line;
    start = end + 1;
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export type FoundEncoding =
  | { readonly ok: true; readonly encoding: Encoding }
  /** Not a supported text; `reason` is a sentence without full stop that says what to do. */
  | { readonly ok: false; readonly reason: string };

/**
 * UTF-16 with a byte order mark, or without one if the text begins with an ASCII character; otherwise UTF-8, although the bytes that
 * follow may still be invalid.
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
