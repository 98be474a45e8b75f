// Can a ticket go there?
import type { Named, Way } from '@deskwright/shared/contract';
import type { KnownNames } from './card-context.ts';

/** @param directory null: Zendesk has told no groups yet, so none is known to be missing */
export function way({ id, name }: Named, group: string, directory: Pick<KnownNames, 'groupId'> | null): Way {
  return { id, name, missingGroup: directory !== null && directory.groupId(group) === null ? group : null };
}
