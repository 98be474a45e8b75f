// Finds the calendar day in a time zone.

/** Creating a formatter takes longer than formatting all refunds of a day. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the local day of a time (epoch milliseconds) in a time zone, as comparable text. */
export function dayIn(timeZone: string): (at: number) => string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return (at) => format.format(at);
}
