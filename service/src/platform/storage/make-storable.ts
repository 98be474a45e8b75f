// Replaces what PostgreSQL cannot store in JSON that JavaScript accepts.

/** An escaped NUL or surrogate; unescaped ones cannot occur in text decoded from UTF-8. Valid pairs match too: harmless, only slower. */
const SUSPECT = /\\u(?:0000|[dD][89a-fA-F])/;
/** One escape: a surrogate pair, a character by its number, or any other. Matched in sequence, so that `\\\\` is never split. */
const ESCAPE = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u([\da-fA-F]{4})|.)/g;

/**
 * PostgreSQL's `jsonb` supports neither NUL nor unpaired surrogates (PostgreSQL docs, 8.14 "JSON Types"); customers' mails contain them,
 * and one would fail the commit of the whole group. Takes text that `JSON.parse` has accepted; returns the same text with U+FFFD in
 * their place. Works on the text, because a value may be nested too deeply for recursion.
 */
export function makeStorable(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(ESCAPE, (escape, code: string | undefined) =>
    code !== undefined && /^(?:0000|d[89a-f]..)$/i.test(code) ? '\\ufffd' : escape,
  );
}

/** The same for text that is not JSON. With the `u` flag, `\p{Surrogate}` matches only unpaired ones. */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
}
