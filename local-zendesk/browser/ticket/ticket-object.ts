// Builds the `ticket` that apps get: the saved ticket with the form's unsaved values.
import type { PageData, ZafUser } from '../page-data.d.ts';
import { customStatusFor, type FormValues, shownPriority, shownType } from './form-values.ts';

/** Plain data, as `client.get('ticket')` gives it and as longer paths walk through it. */
export function ticketObject(data: PageData, values: FormValues, viewers: readonly ZafUser[]): object | null {
  const { ticket } = data;
  if (ticket === null) return null;
  const { saved: _saved, customStatusId: _customStatusId, ...facts } = ticket;
  const user = data.staff.find(({ id }) => id === values.assigneeId) ?? null;
  const group = data.groups.find(({ id }) => id === values.groupId) ?? null;
  return {
    ...facts,
    subject: values.subject,
    status: values.status,
    customStatus: customStatusFor(values.status, ticket, data.customStatuses),
    priority: shownPriority(values.priority),
    type: shownType(values.type),
    tags: values.tags,
    assignee: { user, group },
    comment: commentObject(values),
    sharedWith: [],
    viewers,
  };
}

export function commentObject(values: FormValues): object {
  return { text: values.commentText, type: values.commentType, useRichText: false, attachments: [] };
}
