// Lists the outcomes and root causes of follow-ups unless the policy names others.

export interface Outcome {
  readonly id: string;
  /** Somebody has spoken to the customer. */
  readonly reached: boolean;
  /** The follow-up ends with it. */
  readonly ends: boolean;
}

/** The sidebar has their names in every language. */
export const OUTCOMES = [
  { id: 'reached', reached: true, ends: false },
  { id: 'not_reached', reached: false, ends: false },
  { id: 'resolved', reached: true, ends: true },
  { id: 'lost', reached: true, ends: true },
  { id: 'unreachable', reached: false, ends: true },
] as const satisfies readonly Outcome[];

/** The same. */
export const ROOT_CAUSES = ['product', 'speed', 'knowledge', 'communication', 'rules', 'price', 'other'] as const;
