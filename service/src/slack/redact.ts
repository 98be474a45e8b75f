// Removes e-mail addresses, phone numbers, card numbers and numbers of bank accounts from a text.
import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/max';

/** As written in texts and, with %40, in addresses of pages. */
const EMAIL = /[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/giu;
const URL = /https?:\/\/[^\s<>|]+/g;
/** 13 to 19 digits (ISO/IEC 7812), in groups or not. */
const CARD = /(?<![\d.,])\d(?:[\s.\u2010-\u2014-]?\d){12,18}(?!\d)/g;
/** Country, two check digits, and 11 to 30 more (ISO 13616), in groups or not. */
const IBAN = /(?<![\p{L}\p{N}])\p{L}{2}\d{2}(?:[ -]?[A-Z\d]){11,30}(?![\p{L}\p{N}])/giu;
const SHORTEST_IBAN = 15;
const DATE = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/;
const YEARS = /^(?:(?:19|20)\d\d\D+)+(?:19|20)\d\d$/;
const FULL_DATE =
  /(?<!\d)(?:(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:19|20)\d\d)(?!\d)(?:[ T]\d{1,2}:\d\d)?/g;
/** A number that is written as the number of something, which no phone number is. */
const NUMBERED = /(?:#|\b(?:ticket|no\.?|nr\.?|id)\s?)$/i;
/** What groups of digits may be the number of; a number that is valid as a phone number in the company's or the customer's country is none of these. */
const NUMBERED_GROUPS =
  /\b(?:sku|order|invoice|booking|tracking|case|reference|ref\.?|pedido|factura|referencia|bestellung|bestell|rechnung|rechnungs|auftrag|auftrags|commande|facture|référence)[-\s]?(?:number|nummer|no\.?|nr\.?|n\.?\s?[º°o]\.?|id|número|numéro)?[\s:]*(?:\p{Lu}{1,5}[\s-])?$/iu;
/** Its number is one to call. */
const PHONE_NUMBER =
  /\b(?:(?:tele)?phone|tel|fax|mobile?|móvil|portable|handy|telefon|teléfono|téléphone|whatsapp)\.?[\s:-]{0,2}(?:number|nummer|no|nr|n\.?\s?[º°o]|id|número|numéro)?[\s.:]*$/iu;
/** Digits in two or more groups. Groups of one digit are those of an ISBN. */
const GROUPED =
  /(?<![\p{L}\p{N}_.,:/-])\+?(?:\(\d{1,5}\)[\s.\u2010-\u2014-]{0,2}|\d{1,5}[\s.\u2010-\u2014-]{1,2})(?:\(\d{1,5}\)[\s.\u2010-\u2014-]{0,2}|\d{2,5}[\s.\u2010-\u2014-]{1,2}){0,6}\d{2,8}(?![\p{L}\p{N}_]|[.,:/\s-]\d)/gu;
/** As numbers of Germany are written: the area code, a slash, and an extension. */
const SLASHED = /(?<![\p{L}\p{N}_.,:/-])0\d{2,5}\s?\/\s?\d{3,8}(?:[\s-]\d{1,5}){0,3}(?![\p{L}\p{N}_/]|[.,:]\d)/gu;
/** Digits that a word says to be a phone number. */
const CALLED =
  /\b((?:call|tel(?:\.|ephone|efon|éfono|éphone)?|phone|mobile?|móvil|portable|handy|whatsapp|fax|(?:telefon|handy|mobil|fax|ruf)nummer|ruf\p{L}{0,2}|llám\p{L}{1,6}|appel\p{L}{1,4})(?=[\s:.-])[^\d\n#]{0,20}?)(?<!\d)\+?\(?\d(?:[\s.()-]{0,2}\d){8,14}(?!\d)/giu;
const MONEY_BEFORE = /(?:[€$£¥]|\b(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|MXN|BRL|INR))\s?$/;
const MONEY_AFTER = /^\s?(?:[€$£¥%]|(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|MXN|BRL|INR|euros?|dollars?)\b)/i;

const REMOVED = {
  email: '[e-mail address]',
  phone: '[phone number]',
  card: '[card number]',
  account: '[bank account]',
} as const;

/**
 * A text in which nothing is found stays as it is; otherwise it is returned in the form in which it was searched (NFKC).
 * @param countries where numbers without a country's prefix may belong; none: of those, only what is grouped as phone numbers are is found
 */
export function redact(text: string, countries: readonly CountryCode[]): string {
  // Full-width characters and invisible ones hide nothing from readers.
  const searched = text.normalize('NFKC').replaceAll(/\u00AD|\u200B|\u2060|\uFEFF/g, '');
  const accounts = redactAccounts(searched.replace(EMAIL, REMOVED.email));
  const cards = outsideOf(FULL_DATE, accounts, redactCards);
  // In addresses, numbers of tickets and times would be taken for phone numbers; what they name is ours or was redacted above.
  const redacted = outsideOf(URL, cards, (part) =>
    outsideOf(FULL_DATE, part, (rest) => redactNational(redactGrouped(rest), countries)),
  );
  return redacted === searched ? text : redacted;
}

function outsideOf(kept: RegExp, text: string, change: (part: string) => string): string {
  let changed = '';
  let from = 0;
  for (const { 0: found, index } of text.matchAll(kept)) {
    changed += change(text.slice(from, index)) + found;
    from = index + found.length;
  }
  return changed + change(text.slice(from));
}

/** The words that can tell what a number is. */
const before = (text: string, at: number): string => text.slice(Math.max(0, at - 40), at);

/** A number with a prefix is found whatever the country is. */
function redactNational(text: string, countries: readonly CountryCode[]): string {
  const asked = countries.length === 0 ? [undefined] : new Set(countries);
  return [...asked].reduce(redactPhones, text);
}

function redactPhones(text: string, country: CountryCode | undefined): string {
  const found = findPhoneNumbersInText(text, country === undefined ? {} : { defaultCountry: country });
  return found
    .filter(({ startsAt, endsAt }) => {
      const number = text.slice(startsAt, endsAt);
      return !isNumbered(number, before(text, startsAt), [NUMBERED]) && !DATE.test(number) && !YEARS.test(number);
    })
    .toReversed()
    .reduce((rest, { startsAt, endsAt }) => rest.slice(0, startsAt) + REMOVED.phone + rest.slice(endsAt), text);
}

/** Customers are in other countries than the company. */
function redactGrouped(text: string): string {
  const grouped = text.replaceAll(GROUPED, (found: string, at: number) => {
    const isOther =
      isNumbered(found, before(text, at), [NUMBERED, NUMBERED_GROUPS]) ||
      MONEY_BEFORE.test(before(text, at)) ||
      MONEY_AFTER.test(text.slice(at + found.length, at + found.length + 10));
    return isOther || !isGroupedAsPhone(found) ? found : REMOVED.phone;
  });
  return grouped.replaceAll(SLASHED, REMOVED.phone).replaceAll(CALLED, (found: string, words: string) => {
    const isOther =
      isNumbered(found.slice(words.length), words, [NUMBERED, NUMBERED_GROUPS]) || MONEY_BEFORE.test(words);
    return isOther ? found : words + REMOVED.phone;
  });
}

/** Nobody writes the number of an order with a country's prefix, or in brackets. */
const isNumbered = (number: string, words: string, as: readonly RegExp[]): boolean =>
  !/^\+|\(/.test(number) && !PHONE_NUMBER.test(words) && as.some((written) => written.test(words));

function isGroupedAsPhone(text: string): boolean {
  const groups = text.match(/\d+/g) ?? [];
  const count = groups.join('').length;
  if (count < 9 || count > 15) return false;
  const isAddress = /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text);
  // An amount and another number.
  const isPair = groups.length === 2 && /^[1-9]\d?\s/.test(text);
  // `1 200 000 000`, and sizes such as `100 200 300`.
  const isRound =
    /^\d{1,3}(?:([\s.])\d{3})*(?:[\s.]000){2}$/.test(text) || groups.every((group) => /^\d00$/.test(group));
  return !isAddress && !YEARS.test(text) && !isPair && !isRound;
}

/** Words may follow without anything between: the longest beginning whose check digits are right is the number. */
function redactAccounts(text: string): string {
  return text.replace(IBAN, (found) => {
    const ends = [...found.matchAll(/[ -]|$/g)].map(({ index }) => index).toReversed();
    const end = ends.find((at) => isIban(found.slice(0, at).replaceAll(/[ -]/g, '').toUpperCase()));
    return end === undefined ? found : REMOVED.account + found.slice(end);
  });
}

/** The remainder by 97 is 1 with the first four at the end and letters as 10 to 35: ISO 7064, MOD 97-10. */
function isIban(characters: string): boolean {
  if (characters.length < SHORTEST_IBAN) return false;
  const digits = `${characters.slice(4)}${characters.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

const redactCards = (text: string): string =>
  text.replace(CARD, (digits) => (isCard(digits.replace(/\D/g, '')) ? REMOVED.card : digits));

/** First digits of payment cards (2 to 6), and the check digit by Luhn: ISO/IEC 7812-1, annex B. */
function isCard(digits: string): boolean {
  if (!/^[2-6]/.test(digits)) return false;
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
