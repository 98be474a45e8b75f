// What came back from Zendesk, read to the end?

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON; `undefined` where the body is empty or not JSON. */
  body: unknown;
}
