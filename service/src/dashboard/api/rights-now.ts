// Checks whether who follows the dashboard still may.
import type { Database } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import type { PageDeps } from '../../sidebar/index.ts';
import { validLinks } from '../wall/wall-links.ts';
import { type Rights, rightsOf, type Viewer } from './viewer.ts';

interface RightsDeps extends Pick<PageDeps, 'findAgent' | 'clock'> {
  readonly db: Database;
  readonly policy: { readonly current: () => PolicyWithGuidance };
}

/** Null: the token has expired, the link was revoked, or the user is no agent any more. Throws when the database cannot be reached. */
export function createRightsNow({
  db,
  policy,
  findAgent,
  clock,
}: RightsDeps): (viewer: Viewer) => Promise<Rights | null> {
  const isValid = joinLookups((ids: readonly number[]) => validLinks(db, ids));
  return async (viewer) => {
    const rights = (now: Viewer) => rightsOf(now, policy.current().policy);
    if (viewer.kind === 'wall') return (await isValid(viewer.linkId)) ? rights(viewer) : null;
    if (clock() >= viewer.expiresAt) return null;
    const found = await findAgent(viewer.agent.id);
    return found.kind === 'agent' ? rights({ ...viewer, agent: found.agent }) : null;
  };
}

/** Those who ask before the query starts share it. */
function joinLookups<Id>(find: (ids: readonly Id[]) => Promise<ReadonlySet<Id>>): (id: Id) => Promise<boolean> {
  let joined: { ids: Set<Id>; found: Promise<ReadonlySet<Id>> } | null = null;
  return async (id) => {
    if (joined === null) {
      const ids = new Set<Id>();
      // By then all followers of a feed have asked.
      const found = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        joined = null;
        return find([...ids]);
      });
      joined = { ids, found };
    }
    const { ids, found } = joined;
    ids.add(id);
    return (await found).has(id);
  };
}
