// Declares a section of the card: its key and how it is read. Features bring sections as `cardSections`.
import type { CustomerCard, TicketCard } from '@deskwright/shared/contract';
import type { CardContext } from './card-context.ts';

/** What other features show in the card, by key. */
interface BroughtSections {
  /** In the card's `customer`. */
  readonly answers: CustomerCard['answers'];
}

/** All that a card is put together from. @internal */
export interface CardParts extends Omit<TicketCard, 'customer'>, BroughtSections {
  readonly customer: Omit<CustomerCard, keyof BroughtSections>;
}

export interface CardSection<Key extends keyof BroughtSections = keyof BroughtSections> {
  readonly key: Key;
  readonly read: ReadSection<Key>;
}

/** From what we hold: a card never waits for Zendesk. Shows of other tickets only those that the agent may see (`seenBy`). @internal */
export type ReadSection<Key extends keyof CardParts> = (
  context: CardContext,
) => CardParts[Key] | Promise<CardParts[Key]>;
