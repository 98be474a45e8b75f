// Which JSON texts would PostgreSQL refuse that JavaScript reads?

/**
 * PostgreSQL's `jsonb` has no NUL and no half surrogate pairs (PostgreSQL docs, 8.14 "JSON Types"); customers' mails do have them,
 * and one would cost the whole group its commit. Takes text that `JSON.parse` has accepted as `value`; gives back the same
 * text, or, where it holds such an escape, the value written anew with U+FFFD in their place.
 */
export function makeStorable(text: string, value: unknown): string {
  return SUSPECT.test(text) ? JSON.stringify(clean(value)) : text;
}

/** An escaped NUL or surrogate; unescaped ones cannot be in text decoded from UTF-8. Whole pairs match too: harmless, only slower. */
const SUSPECT = /\\u(?:0000|[dD][89a-fA-F])/;

/** `\p{Surrogate}` with the `u` flag matches lone halves only. */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), clean(inner)]));
}
