// Encodes a text as numbers that are fast to scan.
import type { Units } from '@deskwright/shared';

/**
 * Returns a function that copies a folded text into one reused buffer. `charCodeAt` looks up the string's
 * representation at every call; one copy and a typed array are three times as fast for a mail of 300 characters.
 * Little-endian machines only, like all builds of the embedded database.
 */
export function buildUnitCopier(): (folded: string) => Units {
  let at = new Uint16Array(1_024);
  let bytes = Buffer.from(at.buffer);
  return (folded) => {
    if (folded.length > at.length) {
      at = new Uint16Array(folded.length * 2);
      bytes = Buffer.from(at.buffer);
    }
    bytes.write(folded, 0, 'utf16le');
    return { at, length: folded.length };
  };
}
