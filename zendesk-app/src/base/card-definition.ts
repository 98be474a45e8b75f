// Declares what a card adds to the sidebar.
import type { TicketCard } from '@deskwright/shared/contract';
import type { ComponentType, ReactNode } from 'react';
import type { TextSource } from './i18n/texts.ts';

interface CardProps {
  readonly card: TicketCard;
}

/** A folder in `cards/` has one of these; `cards.ts` lists them in the order in which they are shown. */
export interface CardDefinition {
  readonly texts: TextSource<object>;
  /** Shown beside a saved ticket; renders nothing where it has nothing to say. */
  readonly Card: ComponentType<CardProps>;
  /** What needs a look, a line each: shown together below the first lines of the sidebar. */
  readonly Warning?: ComponentType<CardProps>;
  /** What is worth a look but no warning: shown below the warnings of all cards. */
  readonly BelowWarnings?: ComponentType<CardProps>;
  /** Holds state that the card and its warning share. One for each ticket. */
  readonly Provider?: ComponentType<CardProps & { readonly children: ReactNode }>;
  /** Shown beside a ticket that is not saved yet. */
  readonly NewTicket?: ComponentType;
}
