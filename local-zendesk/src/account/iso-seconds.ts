// Formats times as Zendesk does.

/** Epoch milliseconds as ISO 8601 UTC with whole seconds. */
export const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
