// Finds the country of a customer's language, for phone numbers without a country's prefix.
import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';

/**
 * The country that a Zendesk locale names (`en-GB`) or, if it names none, the one where most people speak the language (`de`), by Unicode's CLDR.
 * Undefined: a region of several countries (`es-419`), or no locale.
 */
export function countryOfLocale(locale: string): CountryCode | undefined {
  try {
    const { region = '' } = new Intl.Locale(locale).maximize();
    return isSupportedCountry(region) ? region : undefined;
  } catch {
    return undefined;
  }
}
