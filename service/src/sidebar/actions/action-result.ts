// Defines an action's result: done, or refused with a code, a message for people and an HTTP status.
import { type ApiRefusal, REFUSAL_STATUS, type RefusalCode } from '@deskwright/shared/contract';

export type ActionResult = { kind: 'done' } | Refused;

export interface Refused {
  kind: 'refused';
  refusal: ApiRefusal;
  /** HTTP status. */
  status: number;
}

export const DONE: ActionResult = { kind: 'done' };

/** `message` is for people. `about`: ids of the form's invalid fields, or the group that is missing or not allowed. */
export function refuse(error: RefusalCode, message: string, about: Pick<ApiRefusal, 'fields' | 'group'> = {}): Refused {
  return { kind: 'refused', refusal: { error, message, ...about }, status: REFUSAL_STATUS[error] };
}
