// Finds secrets in the request of a tool, by names and values together: they would be in the file's history for ever.
import { findSecrets } from '../../text/find-secrets.ts';
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { type Block, isBlock } from '../is-block.ts';
import { fillTemplate, placeholdersOf, textsIn } from '../template.ts';

/** Names whose value is a secret, whatever it looks like; as `namedLikeThis` is read as `named-like-this`. */
const SECRET_NAME =
  /(?:^|-)(?:pass(?:word|wd|phrase|code|wort)|pwd|pin|(?:client-?)?secret|credentials?|authorization|bearer|jwt|(?:access|api|auth|bearer|id|refresh|session)-?token|(?:access|account|admin|api|auth|client|functions?|host|license|licence|master|private|secret|shared|signing|subscription)-?key)$/;
/** Of headers also these, as others of such names are rare there. */
const SECRET_HEADER = /^(?:proxy-)?authorization$|^cookie$|api-?key|token|secret|password|(?:^|-)(?:auth|key)$/;
/** Names such as `idempotency-key` that say which, not who. */
const HARMLESS_HEADER =
  /(?:^|-)(?:cache|correlation|dedup(?:lication)?|idempotency|message|partition|routing|sort|surrogate)-?key$/;
/** Names whose value may be a secret: `key`, `code` and `sig`, but also `sort_key: name`. */
const MAYBE_NAME = /(?:^|-)(?:key|code|sig|signature|hmac|token|auth|session|cookie|pass)$/;

/** Characters that a value of these names needs at least to be a secret: `password: yes` is none. */
const SHORTEST = 4;
/** Digits and letters in turn, as in what a machine made up, and hardly ever in words, dates and numbers of orders. */
const MADE_UP = /[\w+/=.~-]{12,}/g;
const LONG_MADE_UP = /[0-9A-Za-z+/]{24,}/g;
const TURN = /(?<=\d)[A-Za-z]|(?<=[A-Za-z])\d/g;
const FEWEST_TURNS = 3;

export function checkToolSecrets(tool: Block): Finding[] {
  const request = isBlock(tool['request']) ? tool['request'] : {};
  const found = [
    ...textsIn(tool).flatMap(({ text, path }) => markedIn(text, path)),
    ...secretsOfHeaders(request),
    ...secretsOfAddress(request),
    ...secretsOfBody(request),
  ];
  // One for each place: the first says best what it is.
  const places = new Set<string>();
  return found.filter(({ path }) => {
    const place = JSON.stringify(path);
    return !places.has(place) && places.add(place);
  });
}

const markedIn = (text: string, path: PolicyPath): Finding[] =>
  findSecrets(text).map(({ what, shown }) => exposed(path, what, shown));

function exposed(path: PolicyPath, what: string, shown: string): Finding {
  return errorAt(
    path,
    `this looks like ${what} (${shown}); put it in the environment, name it in secret and use {{secret}} in a header. Replace it, because this file has exposed it`,
  );
}

function secretsOfHeaders(request: Block): Finding[] {
  const headers = isBlock(request['headers']) ? Object.entries(request['headers']) : [];
  return headers.flatMap(([header, value]) => {
    const path = ['request', 'headers', header];
    if (typeof value !== 'string') return [];
    const name = wordsOf(header);
    const isSecret = (SECRET_NAME.test(name) || SECRET_HEADER.test(name)) && !HARMLESS_HEADER.test(name);
    const isFromOutside = placeholdersOf(value).includes('secret');
    if (isSecret && !isFromOutside && literalOf(value) !== '')
      return [
        errorAt(
          path,
          `the value of "${header}" is a secret: use {{secret}} here, name it in secret, and put it in the environment`,
        ),
      ];
    const made = madeUpIn(value, isSecret || MAYBE_NAME.test(name) ? MADE_UP : LONG_MADE_UP);
    return made === null ? [] : [exposed(path, `a secret in "${header}"`, shownOf(made))];
  });
}

function secretsOfAddress(request: Block): Finding[] {
  const { address } = request;
  if (typeof address !== 'string' || !address.includes('?')) return [];
  const query = address.slice(address.indexOf('?') + 1);
  return query.split(/[&;#]/).flatMap((parameter) => {
    const [name = '', ...rest] = parameter.split('=');
    const value = decode(rest.join('='));
    const secret = secretOf(decode(name), value) ?? madeUpIn(value, LONG_MADE_UP);
    return secret === null ? [] : [exposed(['request', 'address'], `a secret in "${decode(name)}"`, shownOf(secret))];
  });
}

/** Where a list has names and values of their own, they belong together too: `{ name: password, value: … }`. */
function secretsOfBody(request: Block): Finding[] {
  const inside = (json: unknown, name: string, path: PolicyPath): Finding[] => {
    if (Array.isArray(json)) return json.flatMap((each: unknown, at) => inside(each, name, [...path, at]));
    if (isBlock(json)) {
      const called = ['name', 'key', 'field'].map((each) => json[each]).find((each) => typeof each === 'string');
      return Object.entries(json).flatMap(([key, value]) =>
        inside(value, key === 'value' && typeof called === 'string' ? called : key, [...path, key]),
      );
    }
    if (typeof json !== 'string' && typeof json !== 'number') return [];
    const secret = secretOf(name, String(json));
    return secret === null ? [] : [exposed(path, `the value of "${name}"`, shownOf(secret))];
  };
  return inside(request['body'], '', ['request', 'body']);
}

/** @returns what of the value is a secret under this name; null: nothing */
function secretOf(given: string, value: string): string | null {
  const name = wordsOf(given);
  const literal = literalOf(value);
  if (SECRET_NAME.test(name)) return literal.length < SHORTEST ? null : literal;
  return MAYBE_NAME.test(name) ? madeUpIn(value, MADE_UP) : null;
}

function madeUpIn(value: string, form: RegExp): string | null {
  const [found] = (withoutPlaceholders(value).match(form) ?? []).filter(
    (run) => (run.match(TURN) ?? []).length >= FEWEST_TURNS,
  );
  return found ?? null;
}

/** `clientSecret`, `client_secret` and `Client-Secret` as `client-secret`. */
const wordsOf = (name: string): string =>
  name
    .replaceAll(/(?<=[a-z0-9])[A-Z]/g, (capital) => `-${capital}`)
    .replaceAll(/[^0-9A-Za-z]+/g, '-')
    .replace(/-$/, '')
    .toLowerCase();

/** A blank keeps apart what is beside them. */
const withoutPlaceholders = (value: string): string => fillTemplate(value, () => ' ');
const literalOf = (value: string): string => withoutPlaceholders(value).trim();
/** Enough to find it, and too little to use it. */
const shownOf = (secret: string): string => `${secret.slice(0, SHORTEST)}…`;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
