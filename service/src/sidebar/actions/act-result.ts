// How does an agent's act end?
import { type ApiRefusal, REFUSAL_STATUS, type RefusalCode } from '@deskwright/shared/contract';

export type ActResult = { kind: 'done' } | Refused;

export interface Refused {
  kind: 'refused';
  refusal: ApiRefusal;
  /** HTTP status. */
  status: number;
}

/** The category is kept as a tag on the ticket. */
export const NO_TAGS =
  'Your role in Zendesk does not let you edit tags, and the category is one. Ask somebody who may, or an admin to change your role.';

export const DONE: ActResult = { kind: 'done' };

/** `message` is for people. `about`: ids of the form's fields that are the trouble, or the group that is missing or not allowed. */
export function refuse(error: RefusalCode, message: string, about: Pick<ApiRefusal, 'fields' | 'group'> = {}): Refused {
  return { kind: 'refused', refusal: { error, message, ...about }, status: REFUSAL_STATUS[error] };
}

/** @param group as Zendesk calls it */
export function refuseGroup(group: string): Refused {
  return refuse(
    'group_not_allowed',
    `Your role in Zendesk does not let you assign tickets to the group "${group}". Ask somebody who may, or an admin to change your role.`,
    { group },
  );
}
