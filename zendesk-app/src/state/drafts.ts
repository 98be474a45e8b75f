// Where does the text of a form stay that is not sent yet?

export interface Draft {
  /** By field id. */
  readonly fields: Readonly<Record<string, string>>;
  /** Made once a filled form: however often it is sent, it is carried out once. */
  readonly requestId: string;
}

/** In memory, by ticket and destination: a card that is read anew, a form that is closed, a ticket that is left lose no word. */
export interface Drafts {
  get(key: string): Draft | undefined;
  set(key: string, draft: Draft): unknown;
  delete(key: string): unknown;
}

export function createDrafts(): Drafts {
  return new Map<string, Draft>();
}
