// Declares a reason for contact with its phrases.

/**
 * Texts of a small grammar: `[a|b|]` takes one of the alternatives, `{slot}` is filled by `fill-slots.ts`.
 * `category` is what a person would call it; it never becomes part of the ticket.
 */
export interface KindOfMessage {
  category: string;
  /** How often it comes, against the other kinds. */
  weight: number;
  subjects: readonly string[];
  bodies: readonly string[];
}
