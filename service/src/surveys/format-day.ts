// Formats a day for a customer.

/** `8 December 2026`, in the words of `language` (BCP 47) and the calendar of `timeZone` (IANA). */
export function formatDay(time: Date, language: string, timeZone: string): string {
  // Plain `en` would be American, month first; spelt-out months read right everywhere either way.
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(time);
}
