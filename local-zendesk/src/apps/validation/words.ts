// Words the validator's messages.

/** One sentence for all missing fields; none when there are none. */
export const missingFields = (fields: readonly string[]): readonly string[] =>
  fields.length === 0
    ? []
    : [`Missing required field${fields.length === 1 ? '' : 's'} in manifest: ${fields.join(', ')}`];

/** A value as written in a message. */
export const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
