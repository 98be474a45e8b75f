// Finds secrets in the request of a tool, by names and values together: they would be in the file's history for ever. Only what is certain is an error.
import { findSecrets } from '../../text/find-secrets.ts';
import { errorAt, type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { fillTemplate, placeholdersOf, textsIn } from '../template.ts';
import { type Block, isBlock } from '../value-at.ts';

/** Names whose value is a secret, whatever it looks like; as `namedLikeThis` is read as `named-like-this`. */
const SECRET_NAME =
  /(?:^|-)(?:pass(?:word|wd|phrase|code|wort)|pwd|pin|(?:client-?)?secret|credentials?|authorization|bearer|jwt|(?:access|api|auth|bearer|id|refresh|session)-?token|(?:access|admin|api|auth|functions?|licen[cs]e|master|private|secret|shared|signing|subscription)-?key)$/;
/** Of headers also these, as others of such names are rare there. */
const SECRET_HEADER = /^(?:proxy-)?authorization$|^cookie$|api-?key|(?:^|-)(?:auth|password|secret|token)$/;
/** Of headers whose value may be a secret, whatever it looks like: `x-shop-key`, but also `x-tenant-key`. */
const KEY_HEADER = /(?:^|-)key$/;
/** Names such as `idempotency-key` that say which, not who. */
const HARMLESS_HEADER =
  /(?:^|-)(?:cache|correlation|dedup(?:lication)?|idempotency|message|partition|routing|sort|surrogate)-?key$/;
/** Names whose value may be a secret if it looks random: `key`, `code` and `sig`, but also `sort_key: name`. */
const MAYBE_NAME = /(?:^|-)(?:key|code|sig|signature|hmac|token|auth|session|cookie|pass)$/;
/** Of headers also these: `x-tokens`, but also `x-token-type`. */
const MAYBE_HEADER = /token|secret|password/;

/** Characters that a value of these names needs at least to be a secret: `password: yes` is none. */
const SHORTEST = 4;
/** Runs of characters that look random if digits and letters take turns in them, as hardly ever in words, dates and numbers of orders. */
const RANDOM = /[\w+/=.~-]{12,}/g;
/** Under other names. Ids look the same. */
const LONG_RANDOM = /[0-9A-Za-z+/]{24,}/g;
const TURN = /(?<=\d)[A-Za-z]|(?<=[A-Za-z])\d/g;
const FEWEST_TURNS = 3;

interface Found {
  readonly secret: string;
  /** By its name. */
  readonly isCertain: boolean;
}

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

const findingOf = (path: PolicyPath, where: string, { secret, isCertain }: Found): Finding =>
  isCertain
    ? exposed(path, `a secret in ${where}`, shownOf(secret))
    : warningAt(
        path,
        `this may be a secret in ${where} (${shownOf(secret)}): if so, put it in the environment, use {{secret}} in a header, and replace it, because this file has exposed it; if it is none, leave it`,
      );

function secretsOfHeaders(request: Block): Finding[] {
  const headers = isBlock(request['headers']) ? Object.entries(request['headers']) : [];
  return headers.flatMap(([header, value]) => {
    const path = ['request', 'headers', header];
    if (typeof value !== 'string') return [];
    const name = wordsOf(header);
    const isHarmless = HARMLESS_HEADER.test(name);
    const isFromOutside = placeholdersOf(value).includes('secret');
    const literal = literalOf(value);
    if ((SECRET_NAME.test(name) || SECRET_HEADER.test(name)) && !isHarmless && !isFromOutside && literal !== '')
      return [
        errorAt(
          path,
          `the value of "${header}" is a secret: use {{secret}} here, name it in secret, and put it in the environment`,
        ),
      ];
    const isNamed = [SECRET_NAME, SECRET_HEADER, MAYBE_NAME, MAYBE_HEADER].some((names) => names.test(name));
    const isKey = KEY_HEADER.test(name) && !isHarmless && !isFromOutside && literal.length >= SHORTEST;
    const random = randomIn(value, isNamed ? RANDOM : LONG_RANDOM) ?? (isKey ? literal : null);
    return random === null ? [] : [findingOf(path, `"${header}"`, { secret: random, isCertain: false })];
  });
}

function secretsOfAddress(request: Block): Finding[] {
  const { address } = request;
  if (typeof address !== 'string' || !address.includes('?')) return [];
  const query = address.slice(address.indexOf('?') + 1);
  return query.split(/[&;#]/).flatMap((parameter) => {
    const [name = '', ...rest] = parameter.split('=');
    const found = secretOf(decode(name), decode(rest.join('=')), LONG_RANDOM);
    return found === null ? [] : [findingOf(['request', 'address'], `"${decode(name)}"`, found)];
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
    const found = secretOf(name, String(json));
    return found === null ? [] : [findingOf(path, `"${name}"`, found)];
  };
  return inside(request['body'], '', ['request', 'body']);
}

/** @param form what looks random under a name that says nothing. @returns what of the value is or may be a secret; null: nothing */
function secretOf(given: string, value: string, form?: RegExp): Found | null {
  const name = wordsOf(given);
  const literal = literalOf(value);
  if (SECRET_NAME.test(name) && literal.length >= SHORTEST) return { secret: literal, isCertain: true };
  const random = MAYBE_NAME.test(name) ? randomIn(value, RANDOM) : form === undefined ? null : randomIn(value, form);
  return random === null ? null : { secret: random, isCertain: false };
}

function randomIn(value: string, form: RegExp): string | null {
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
