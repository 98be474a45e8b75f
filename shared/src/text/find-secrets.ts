// Finds what may be a password, key or token in a text.

export interface FoundSecret {
  /** UTF-16 units from the beginning of the text. */
  readonly offset: number;
  /** What it is: `a Slack token`. */
  readonly what: string;
  /** Its first characters, enough to find it and too few to use it. */
  readonly shown: string;
}

/** Forms by which providers mark their secrets, so that scanners can find them. */
const MARKED: ReadonlyArray<readonly [what: string, pattern: RegExp]> = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g],
  ['a Stripe key', /\b[sr]k_(?:live|test)_[0-9A-Za-z]{8,}/g],
  ['a webhook secret', /\bwhsec_[0-9A-Za-z+/]{16,}/g],
  ['a Slack token', /\bxox[abeoprs]-[0-9A-Za-z-]{8,}/g],
  ['a Slack webhook address', /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/]{12,}/g],
  ['a GitHub token', /\b(?:gh[oprsu]_[0-9A-Za-z]{16,}|github_pat_\w{20,})/g],
  ['a GitLab token', /\bglpat-[\w-]{16,}/g],
  ['an npm token', /\bnpm_[0-9A-Za-z]{30,}/g],
  ['an AWS key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['a Google key', /\bAIza[\w-]{30,}/g],
  ['a SendGrid key', /\bSG\.[\w-]{16,}\.[\w-]{16,}/g],
  ['a signed token (JWT)', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g],
  ['an address with a password', /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']+:[^\s/@"']{3,}@[^\s"']+/gi],
  ['a login of HTTP', /\b(?:Basic|Bearer)\s+[\w+/.=-]{20,}/g],
];

/** `password: hunter2`, `the api key is 8fj2kd93`. */
const NAMED =
  /\b(pass(?:word|wd|phrase|wort)?|pwd|secret|token|api[_ -]?key|access[_ -]?key|auth[_ -]?key|client[_ -]?secret|private[_ -]?key|pin)["'`]?\s*(?:[:=]|\bis\b)\s*["'`]?([^\s"'`,;}\])]+)/gi;

/** What stands in for a value: `<your token>`, `${TOKEN}`, `{{token}}`, `xxxx`, `example`. */
const PLACEHOLDER = /^[<$%{[]|^(?:x+|\*+|\.+)$|example|placeholder|changeme|your[_-]|\.(?:md|ya?ml|html?)\b/i;

/** A digit or a sign beside letters, as no ordinary word has; `refund~*` and `sign-up` have neither. */
const LOOKS_SECRET = /^(?=.*[a-z])(?=.*[0-9!@#$%^&+])[^\s*~]{6,}$/i;

const SHOWN = 4;

/** In order; where several patterns fit, the first of them. */
export function findSecrets(text: string): readonly FoundSecret[] {
  const marked = MARKED.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({ what, offset: match.index, value: match[0] })),
  );
  const named = [...text.matchAll(NAMED)].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    if (PLACEHOLDER.test(value) || !LOOKS_SECRET.test(value)) return [];
    return [{ what: `the value of "${name.toLowerCase()}"`, offset: match.index + whole.lastIndexOf(value), value }];
  });
  const found: FoundSecret[] = [];
  let end = -1;
  for (const { what, offset, value } of [...marked, ...named].toSorted((a, b) => a.offset - b.offset)) {
    if (offset < end) continue;
    end = offset + value.length;
    found.push({ what, offset, shown: `${value.slice(0, SHOWN)}…` });
  }
  return found;
}
