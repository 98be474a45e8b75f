// Describes an error for the log, without customers' words.

export interface AboutError {
  error: string;
  code?: string;
  cause?: AboutError;
}

/**
 * Name, code, message and cause, but nothing that quotes data: PostgreSQL's `detail`, `where` and, for data errors, even the message
 * contain customers' words.
 */
export function aboutError(error: unknown): AboutError {
  if (!(error instanceof Error)) return { error: 'not an error' };
  // Drizzle's own message repeats the query with its parameters; PostgreSQL's error is its cause.
  if ('params' in error) return aboutError(error.cause);
  const code = 'code' in error ? String(error.code) : undefined;
  return {
    error: code !== undefined && isDataError(error) ? error.name : `${error.name}: ${error.message}`,
    ...(code ? { code } : {}),
    ...(error.cause instanceof Error ? { cause: aboutError(error.cause) } : {}),
  };
}

/** SQLSTATE classes 21 (cardinality), 22 (data exception) and 54 (program limit exceeded): retrying would not help. */
export function isDataError(error: unknown): boolean {
  const cause = error instanceof Error && !('code' in error) ? error.cause : error;
  return cause instanceof Error && 'code' in cause && /^(?:21|22|54)...$/.test(String(cause.code));
}
