// Reads the current values of the ticket's form under the names that events use.
import type { CustomStatusData, SavedValues, TicketFacts } from '../page-data.d.ts';

export interface FormValues extends SavedValues {
  commentText: string;
  commentType: 'publicReply' | 'internalNote';
}

export interface Change {
  propertyName: string;
  newValue: unknown;
  oldValue: unknown;
}

/** Apps see no priority as `-` and no type as `ticket`, as the agent interface shows them. */
export const shownPriority = (priority: string | null): string => priority ?? '-';
export const shownType = (type: string | null): string => type ?? 'ticket';

/** The custom status goes with the status: the ticket's own while it fits, else the standard one of that status. */
export function customStatusFor(
  status: string,
  ticket: Pick<TicketFacts, 'customStatusId' | 'saved'>,
  known: readonly CustomStatusData[],
): { id: number; category: string; label: string } | null {
  const own = known.find(({ id }) => id === ticket.customStatusId);
  const fits = own?.category === status ? own : known.find((one) => one.category === status && one.default);
  return fits === undefined ? null : { id: fits.id, category: fits.category, label: fits.label };
}

/** The properties that `*.changed` speaks of, by their names there. */
function properties(values: FormValues): Map<string, unknown> {
  return new Map<string, unknown>([
    ['ticket.subject', values.subject],
    ['ticket.status', values.status],
    ['ticket.priority', shownPriority(values.priority)],
    ['ticket.type', shownType(values.type)],
    ['ticket.assignee.group.id', values.groupId],
    ['ticket.assignee.user.id', values.assigneeId],
    ['ticket.tags', values.tags],
    ['comment.text', values.commentText],
    ['comment.type', values.commentType],
    ...Object.entries(values.customFields).map(([id, value]) => [`ticket.custom_field_${id}`, value] as const),
  ]);
}

export function changesBetween(before: FormValues, after: FormValues): Change[] {
  const old = properties(before);
  return [...properties(after)].flatMap(([propertyName, newValue]): Change[] => {
    const oldValue = old.get(propertyName) ?? null;
    return JSON.stringify(newValue ?? null) === JSON.stringify(oldValue) ? [] : [{ propertyName, newValue, oldValue }];
  });
}
