// Finds the country in which a company is, for phone numbers without a country's prefix.
import { type CountryCode, getCountries } from 'libphonenumber-js/max';

// Newer versions of Node have it as a method; TypeScript knows neither.
interface WithTimeZones {
  readonly timeZones?: readonly string[];
  readonly getTimeZones?: () => readonly string[] | undefined;
}

// Looking through all countries takes some 30 ms.
const known = new Map<string, CountryCode | undefined>();

/** By the time zones that Unicode's CLDR gives each country; undefined for zones of no country, such as UTC. */
export function countryOfTimeZone(timeZone: string): CountryCode | undefined {
  if (!known.has(timeZone)) {
    const canonical = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
    known.set(
      timeZone,
      getCountries().find((country) => zonesOf(country).includes(canonical)),
    );
  }
  return known.get(timeZone);
}

function zonesOf(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`) as WithTimeZones;
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}
