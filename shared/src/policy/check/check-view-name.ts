// Checks that a view is named unambiguously, and has one definition of what it shows.
import { errorAt, type Finding } from '../finding.ts';
import { isBlock } from '../value-at.ts';

/** A view has a title or an id, not both: they could contradict each other. */
export function checkViewName(view: unknown): Finding[] {
  if (!isBlock(view)) return [];
  const { title, id } = view;
  if (title === undefined && id === undefined) {
    return [
      errorAt([], 'has neither title nor id; add one of them to name the view', {
        at: 'block',
      }),
    ];
  }
  if (title !== undefined && id !== undefined) {
    return [errorAt(['id'], 'a view is named by title or by id, not both; remove one', { at: 'key' })];
  }
  if (view['tier'] !== undefined && view['group'] !== undefined)
    return [errorAt(['group'], 'a tier already has a group; remove `tier` or `group`', { at: 'key' })];
  const said = SAID_OF_NEW.find((key) => view[key] !== undefined);
  return id === undefined || said === undefined
    ? []
    : [
        errorAt([said], 'a view named by id already exists and keeps its conditions from Zendesk; remove this key', {
          at: 'key',
        }),
      ];
}

/** What says which tickets a view shows that `apply` makes. */
const SAID_OF_NEW = ['tier', 'group', 'shows'] as const;
