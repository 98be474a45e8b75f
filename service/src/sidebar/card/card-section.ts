// Declares a section of the card: its key, what it reads and how it is made. Features add sections as `cardSections`.
import type {
  CustomerCard,
  FollowUpCard,
  GoodwillCard,
  RecordedRefund,
  RefundApprovals,
  RefundCard,
  Reminder,
  TicketCard,
  ToolsCard,
  VerificationCard,
} from '@deskwright/shared/contract';
import type { CardContext, CardQuery, CardValues, TicketContext } from './card-context.ts';

/** The sections of other features, by key. */
interface BroughtSections {
  /** In the card's `customer`. */
  readonly answers: Pick<CustomerCard, 'answers' | 'hasMoreAnswers'>;
  /** In the card's `customer`. */
  readonly feedback: CustomerCard['feedback'];
  readonly reminder: Reminder | null;
  readonly followUp: FollowUpCard | null;
  readonly refund: RefundCard | null;
  readonly recordedRefunds: readonly RecordedRefund[];
  readonly tools: ToolsCard | null;
  readonly verification: VerificationCard | null;
  readonly refundApprovals: RefundApprovals;
  readonly goodwill: GoodwillCard | null;
}

/** All that a card is put together from. */
export interface CardParts extends Omit<TicketCard, 'customer' | keyof BroughtSections>, BroughtSections {
  readonly customer: Omit<CustomerCard, keyof BroughtSections | 'hasMoreAnswers'>;
}

export interface Section<Key extends keyof CardParts> {
  /** Run with those of all other sections, as one statement; `read` finds their rows in `rows`. */
  readonly queries?: readonly CardQuery[];
  /** What its queries name by placeholders of its own. */
  readonly values?: (context: TicketContext) => CardValues | Promise<CardValues>;
  readonly read: ReadSection<Key>;
  /** What the card has instead if `read` fails; omitted: there is no card without this section. */
  readonly ifBroken?: CardParts[Key];
}

interface BroughtSection<Key extends keyof BroughtSections> extends Section<Key> {
  readonly key: Key;
}
/** One of another feature. */
export type CardSection = { [Key in keyof BroughtSections]: BroughtSection<Key> }[keyof BroughtSections];

/** From what we hold: a card never waits for Zendesk. Shows of other tickets only those that the agent may see (`seen`). */
type ReadSection<Key extends keyof CardParts> = (context: CardContext) => CardParts[Key] | Promise<CardParts[Key]>;
