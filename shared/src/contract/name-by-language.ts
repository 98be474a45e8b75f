// Declares a name that the sidebar shows in the agent's language.

/** By ISO 639 code. English is always there, and stands in for what is missing. */
export type NameByLanguage = { readonly en: string } & Readonly<Record<string, string>>;
