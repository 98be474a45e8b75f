// Reads the whole body of an answer.

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, `undefined` if the body is empty or not JSON; plain text if text was requested. */
  body: unknown;
}
