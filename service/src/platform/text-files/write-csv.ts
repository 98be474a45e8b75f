// Writes CSV that spreadsheets open safely.
import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | null;

/**
 * CSV by RFC 4180, with a header. A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection"); numbers
 * stay numbers. Null is an empty field.
 */
export function writeCsv(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return stringify([columns, ...rows] as CsvValue[][], {
    escape_formulas: true,
    record_delimiter: 'windows',
    // Left out, this package quotes no line ends once the delimiter is set.
    quote_record_delimiter: true,
  });
}
