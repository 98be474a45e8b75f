// What may the log say about a failed write?

/**
 * Name, code and message, but not what PostgreSQL quotes: `detail`, `where` and, for errors about the data, even the message hold
 * customers' words.
 */
export function aboutError(error: unknown): { error: string; code?: string } {
  if (!(error instanceof Error)) return { error: 'not an error' };
  // Drizzle's own message repeats the query with its parameters; what PostgreSQL said is its cause.
  if ('params' in error) return aboutError(error.cause);
  const code = 'code' in error ? String(error.code) : undefined;
  if (isAboutTheData(error)) return { error: error.name, code: String(code) };
  return { error: `${error.name}: ${error.message}`, ...(code ? { code } : {}) };
}

/** SQLSTATE classes 21 (cardinality), 22 (data exception) and 54 (program limit exceeded): trying again would not help. */
export function isAboutTheData(error: unknown): boolean {
  const cause = error instanceof Error && !('code' in error) ? error.cause : error;
  return cause instanceof Error && 'code' in cause && /^(?:21|22|54)...$/.test(String(cause.code));
}
