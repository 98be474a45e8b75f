// Lists the fields a policy may ask for that no file of tickets contains.

/** The REST API gives these by id, and a CSV not at all. */
const BY_ID_ONLY = ['group', 'assignee', 'organization', 'brand', 'form', 'language'];

/** Those of the asked fields that are empty for every ticket of a file. */
export function unknownInFiles(asks: ReadonlySet<string>): readonly string[] {
  return BY_ID_ONLY.filter((field) => asks.has(field));
}
