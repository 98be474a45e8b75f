// Reads an answer of Zendesk to its end.

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, `undefined` where the body is empty or not JSON; the text itself where text was asked for. */
  body: unknown;
}
