// Declares what the sidebar uses of the Zendesk that frames it.

export type ColorScheme = 'light' | 'dark';

/** Customers do not see internal notes. */
export type CommentKind = 'reply' | 'internal_note';

export interface Host {
  /** `new_ticket`: the agent is writing a ticket that is not saved yet. */
  readonly place: 'ticket' | 'new_ticket';
  readonly ticketId: number | null;
  readonly colorScheme: ColorScheme;
  /** The agent's, as Zendesk writes it: `de`, `pt-BR`. Null: Zendesk did not say. */
  readonly locale: string | null;
  /** The agent's, as an IANA name: `Europe/Berlin`. Null: Zendesk did not say. */
  readonly timeZone: string | null;
  /** This frame now shows another ticket, or the new ticket was saved. */
  onTicket(listener: (ticketId: number | null) => void): void;
  /** The shown ticket was changed in Zendesk. */
  onTicketUpdated(listener: () => void): void;
  /** The agent opened this ticket's tab in Zendesk, or left it for another. */
  onActive(listener: (active: boolean) => void): void;
  /**
   * Asked before Zendesk saves the ticket with a public reply: what keeps it from being sent, for the agent to read, or null. Never asked
   * for internal notes, and a question that fails keeps nothing back.
   */
  onBeforeReply(check: (text: string) => Promise<string | null>): void;
  /** The ticket was saved. */
  onSaved(listener: () => void): void;
  onColorScheme(listener: (scheme: ColorScheme) => void): void;
  /**
   * Appends text to the comment that the agent is writing, after a blank line if it is not empty. Returns which kind of comment
   * that is. Null: Zendesk refused.
   */
  appendToReply(text: string): Promise<CommentKind | null>;
  openTicket(ticketId: number): void;
  /** Sets the height of the frame, in CSS pixels. */
  setHeight(pixels: number): void;
}
