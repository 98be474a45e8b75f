// How far is the agent with passing the ticket on?
import type { MoveTarget } from './move-target.ts';

export type MoveState =
  | { readonly at: 'ways' }
  /** `turn` counts how often the form was asked for: each time the focus goes into it, open already or not. */
  | { readonly at: 'form'; readonly target: MoveTarget; readonly turn: number }
  /** The form was closed with the focus in it. */
  | { readonly at: 'put_away'; readonly target: MoveTarget }
  | { readonly at: 'moved'; readonly to: string };

export function openForm(before: MoveState, target: MoveTarget): MoveState {
  return { at: 'form', target, turn: before.at === 'form' ? before.turn + 1 : 1 };
}
