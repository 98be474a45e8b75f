// Parses a search query.

export type Operator = ':' | '<' | '>' | '<=' | '>=';

export interface Term {
  /** Null: free text. */
  field: string | null;
  operator: Operator;
  value: string;
  negated: boolean;
}

export interface SearchQuery {
  /** `type:` words (ticket, user, group, organization). */
  types: readonly string[];
  orderBy: string | null;
  order: 'asc' | 'desc';
  terms: readonly Term[];
}

const TOKEN = /(-?)(?:([\w.-]+?)(<=|>=|[:<>]))?(?:"([^"]*)"|([^\s"]+))/g;

/** Zendesk's search words: `field:value`, `field<value`, `-field:value`, quotes, and free text. */
export function parseQuery(text: string): SearchQuery {
  const terms: Term[] = [];
  const types: string[] = [];
  let orderBy: string | null = null;
  let order: 'asc' | 'desc' = 'desc';
  for (const [, minus, field, operator, quoted, bare] of text.matchAll(TOKEN)) {
    const value = quoted ?? bare ?? '';
    if (field === 'type') types.push(value.toLowerCase());
    else if (field === 'order_by') orderBy = value;
    else if (field === 'sort') order = value === 'asc' ? 'asc' : 'desc';
    else {
      terms.push({
        field: field === undefined ? null : field.toLowerCase(),
        operator: (operator ?? ':') as Operator,
        value,
        negated: minus === '-',
      });
    }
  }
  return { types, orderBy, order, terms };
}
