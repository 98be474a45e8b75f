// Finds the calendar day in a time zone.

/** Making one takes longer than all the refunds of a day. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Tells the local day of moments (epoch milliseconds) in a time zone, as a text to compare. */
export function dayIn(timeZone: string): (at: number) => string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return (at) => format.format(at);
}
