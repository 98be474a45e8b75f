// Converts a value from an app to text.

/** Numbers and booleans as printed, objects as JSON, null and undefined as an empty text. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : `${value as number | boolean}`;
}
