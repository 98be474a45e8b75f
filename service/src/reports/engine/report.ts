// Defines a report's content, independent of its format.
import type { FigureUnit } from '@deskwright/shared';
import type { FigureValue, Instant, TicketLink } from '@deskwright/shared/contract';

/** Every kind of report makes one of these; the writers of each format know nothing else. */
export interface Report {
  /** `daily`, `weekly`: stable, for programs that read the JSON. */
  readonly kind: string;
  readonly title: string;
  readonly company: string;
  /** What it is limited to, in words: `Department Warehouse`. Null: nothing. */
  readonly about: string | null;
  readonly period: ReportPeriod;
  readonly before: ReportPeriod | null;
  /** IANA. */
  readonly timeZone: string;
  /** Null: it does not depend on when it is made. */
  readonly madeAt: Instant | null;
  /** The most important sentences, for the head of a mail and for a chat message. */
  readonly summary: readonly string[];
  readonly sections: readonly Section[];
  /** The dashboard; null: it has no address that everybody reaches. */
  readonly link: string | null;
}

export interface ReportPeriod {
  readonly from: Instant;
  /** The first moment after it. */
  readonly to: Instant;
  readonly label: string;
}

export interface Section {
  /** Stable: `replies`. */
  readonly id: string;
  readonly title: string;
  /** One sentence with what matters; null: the blocks say it. */
  readonly headline: string | null;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'figures'; readonly figures: readonly ReportFigure[] }
  | { readonly kind: 'chart'; readonly chart: ReportChart }
  | { readonly kind: 'table'; readonly table: ReportTable }
  /** `tickets`: those that items name as `#4711`. */
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly tickets?: readonly TicketLink[] }
  | { readonly kind: 'note'; readonly text: string };

export interface ReportFigure {
  readonly name: string;
  /** The whole of it in words: value, target, comparison, and whether the change is real. */
  readonly sentence: string;
  readonly value: FigureValue;
}

export interface ReportChart {
  /** Columns side by side, or bars under one another, which show the first series only. */
  readonly type: 'columns' | 'bars';
  readonly title: string;
  readonly unit: FigureUnit;
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export interface ReportTable {
  readonly columns: readonly { readonly title: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** `text` for people; `value` for programs, if it is a number. */
interface Cell {
  readonly text: string;
  readonly value?: number | null;
}
