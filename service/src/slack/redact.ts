// Removes e-mail addresses, phone numbers and card numbers from a text.
import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/max';

/** As written in texts and, with %40, in addresses of pages. */
const EMAIL = /[\p{L}\p{N}._%+'-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/giu;
const URL = /https?:\/\/[^\s<>|]+/g;
/** 13 to 19 digits (ISO/IEC 7812), in groups or not. */
const CARD = /(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d])/g;
const DATE = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/;
/** A number that is written as the number of something, which no phone number is. */
const NUMBERED = /(?:#|\b(?:ticket|no\.?|nr\.?|id)\s?)$/i;

const REMOVED = { email: '[e-mail address]', phone: '[phone number]', card: '[card number]' } as const;

/**
 * @param country where numbers without a country's prefix belong; undefined: only numbers with one are found
 */
export function redact(text: string, country: CountryCode | undefined): string {
  return outsideOfUrls(redactCards(text.replace(EMAIL, REMOVED.email)), (part) => redactPhones(part, country));
}

/** In addresses, numbers of tickets and times would be taken for phone numbers; what they name is ours or was redacted above. */
function outsideOfUrls(text: string, change: (part: string) => string): string {
  let changed = '';
  let from = 0;
  for (const { 0: url, index } of text.matchAll(URL)) {
    changed += change(text.slice(from, index)) + url;
    from = index + url.length;
  }
  return changed + change(text.slice(from));
}

function redactPhones(text: string, country: CountryCode | undefined): string {
  const found = findPhoneNumbersInText(text, country === undefined ? {} : { defaultCountry: country });
  return found
    .filter(
      ({ startsAt, endsAt }) => !NUMBERED.test(text.slice(0, startsAt)) && !DATE.test(text.slice(startsAt, endsAt)),
    )
    .toReversed()
    .reduce((rest, { startsAt, endsAt }) => rest.slice(0, startsAt) + REMOVED.phone + rest.slice(endsAt), text);
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
