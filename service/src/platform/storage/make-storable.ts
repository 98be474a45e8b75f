// Changes JSON that JavaScript reads and PostgreSQL refuses into JSON it stores.

/** An escape of a NUL or of a surrogate; unescaped ones cannot be in text decoded from UTF-8. Whole pairs match too: harmless, only slower. */
const SUSPECT = /\\u(?:0000|[dD][89a-fA-F])/;
/** One escape: a whole pair, a character by its number, or any other. Read one after another, so a backslash is never taken for half of two. */
const ESCAPE = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u([\da-fA-F]{4})|.)/g;

/**
 * PostgreSQL's `jsonb` has no NUL and no half surrogate pairs (PostgreSQL docs, 8.14 "JSON Types"); customers' mails do have them,
 * and one would cost the whole group its commit. Takes text that `JSON.parse` has accepted; gives back the same text with U+FFFD in
 * their place. Works on the text, because a value may be nested deeper than the stack of whoever walks through it.
 */
export function makeStorable(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(ESCAPE, (escape, code: string | undefined) =>
    code !== undefined && /^(?:0000|d[89a-f]..)$/i.test(code) ? '\\ufffd' : escape,
  );
}

/** The same for a text that is no JSON. `\p{Surrogate}` with the `u` flag matches lone halves only. */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
}
