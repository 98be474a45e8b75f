// Gives properties any character of Unicode.
import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };

/** A unit for `fc.string`. Its own `binary` is the same, but first makes a table of all 1.1 million, which takes seconds. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - SURROGATES.count })
  .map((n) => String.fromCodePoint(n < SURROGATES.first ? n : n + SURROGATES.count));
