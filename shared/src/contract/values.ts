// Declares how the contract writes points in time and names in several languages. Apart, because most files of the contract import it.

/** ISO 8601 with milliseconds, UTC. */
export type Instant = string;

/** By ISO 639 code. English is always there, and stands in for what is missing. */
export type NameByLanguage = { readonly en: string } & Readonly<Record<string, string>>;
