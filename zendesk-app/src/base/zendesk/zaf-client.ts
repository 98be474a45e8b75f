// Types the parts of Zendesk's SDK (ZAF v2) that the sidebar uses. The page loads the SDK from Zendesk.

export interface ZafContext {
  /** `ticket_sidebar`, `new_ticket_sidebar`, ... */
  readonly location: string;
  readonly ticketId?: number | null;
}

export interface ZafClient {
  context(): Promise<ZafContext>;
  /** With a list of paths it always resolves: `{ errors, [path]: value }`. */
  get(paths: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
  invoke(name: string, ...args: readonly unknown[]): Promise<unknown>;
  /**
   * A handler of the hook `ticket.save` answers whether the ticket may be saved: false, a text, or a promise that is rejected with a text
   * keeps it from being saved, and the agent reads the text. Zendesk waits for 30 seconds at most.
   */
  on(event: string, handler: (data: unknown) => unknown): void;
}

/** The global `ZAFClient`. `init` returns false outside Zendesk. */
export interface ZafSdk {
  init(): ZafClient | false;
}

declare global {
  var ZAFClient: ZafSdk | undefined;
}
