// Names the reasons that customers can tick in a survey: those of the policy, or ours.

export const DEFAULT_DRIVERS = ['speed', 'knowledge', 'friendliness', 'solution', 'effort'] as const;

/** The ids, in the order of the page. */
export const tickedDrivers = (
  page: { readonly drivers?: readonly { readonly id: string }[] | undefined } | undefined,
): readonly string[] => page?.drivers?.map(({ id }) => id) ?? DEFAULT_DRIVERS;
