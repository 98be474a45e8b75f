// What can the sidebar ask of the Zendesk around it?

export type ColorScheme = 'light' | 'dark';

/** A note is read inside the company only. */
export type CommentKind = 'reply' | 'internal_note';

/** Zendesk, as far as the sidebar needs it. */
export interface Host {
  /** `new_ticket`: the agent is writing a ticket that is not saved yet. */
  readonly place: 'ticket' | 'new_ticket';
  readonly ticketId: number | null;
  readonly colorScheme: ColorScheme;
  /** The agent's, as Zendesk writes it: `de`, `pt-BR`. Null: Zendesk did not say. */
  readonly locale: string | null;
  /** Another ticket is shown in this frame, or the new one has been saved. */
  onTicket(listener: (ticketId: number | null) => void): void;
  /** The shown ticket was changed in Zendesk. */
  onTicketUpdated(listener: () => void): void;
  /** The agent turned to the frame, or away from it to another ticket's tab. */
  onActive(listener: (active: boolean) => void): void;
  onColorScheme(listener: (scheme: ColorScheme) => void): void;
  /**
   * Puts text at the end of what the agent is writing, below a blank line where something is written already. The answer is where it
   * went, which the agent chose in Zendesk. Null: Zendesk refused.
   */
  appendToReply(text: string): Promise<CommentKind | null>;
  notify(message: string, kind: 'notice' | 'error'): void;
  openTicket(ticketId: number): void;
  /** Makes the frame as high as its content, in CSS pixels. */
  setHeight(pixels: number): void;
}
