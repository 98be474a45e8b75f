// Names outcomes and root causes for notes, which are in English.

const OURS: Readonly<Record<string, string>> = {
  reached: 'Customer reached',
  not_reached: 'Customer not reached',
  resolved: 'Resolved',
  lost: 'Customer lost',
  unreachable: 'Customer could not be reached',
};

/** The policy's name; of ours, ours. */
export const nameOfChoice = ({ id, name }: { readonly id: string; readonly name?: string | undefined }): string =>
  name ?? OURS[id] ?? id;
