// Batches look-ups that are requested at the same time into one query.

/** Those who ask before the query starts share it. */
export function joinLookups<Id>(find: (ids: readonly Id[]) => Promise<ReadonlySet<Id>>): (id: Id) => Promise<boolean> {
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
