// May a link in guidance go there?

/** Web pages, mails and telephone calls only: no script and no address inside Zendesk's own page. */
export function isSafeHref(href: string): boolean {
  // Placeholders are filled in later, and may stand anywhere behind the scheme.
  const sample = href.replace(/\{\{[^}]*\}\}/g, 'x');
  return /^(https?:\/\/\S|mailto:\S|tel:\S)/i.test(sample) && URL.canParse(sample);
}
