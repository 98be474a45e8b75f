// Formats a day for a customer.

/** `8 December 2026`, in `language` (BCP 47) and `timeZone` (IANA). */
export function formatDay(time: Date, language: string, timeZone: string): string {
  // Plain `en` would mean American English, month first; with the month spelt out, day first is unambiguous everywhere.
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(time);
}
