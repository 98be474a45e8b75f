// Checks that a view is named unambiguously.
import { errorAt, type Finding } from '../finding.ts';
import { isBlock } from '../is-block.ts';

/** A view has a title or an id, not both: they could contradict each other. */
export function checkViewName(view: unknown): Finding[] {
  if (!isBlock(view)) return [];
  const { title, id } = view;
  if (title === undefined && id === undefined) {
    return [
      errorAt([], 'says neither title nor id, so it is not clear which view is meant; write one of them', {
        at: 'block',
      }),
    ];
  }
  if (title !== undefined && id !== undefined) {
    return [errorAt(['id'], 'a view is named by title or by id, not by both; remove one', { at: 'key' })];
  }
  return [];
}
