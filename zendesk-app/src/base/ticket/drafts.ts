// Keeps the text of forms that are not sent yet.

export interface Draft {
  /** By field id. */
  readonly fields: Readonly<Record<string, string>>;
  /** Created once for each filled-in form, so that sending it again performs it once. */
  readonly requestId: string;
}

/** In memory, by ticket and destination: text survives a reload of the card, closing the form, and leaving the ticket. */
export interface Drafts {
  get(key: string): Draft | undefined;
  set(key: string, draft: Draft): unknown;
  delete(key: string): unknown;
}

export function createDrafts(): Drafts {
  return new Map<string, Draft>();
}
