// The JSON types that real accounts send in the fields that we read, and a check against them.

/** Of one field: the types seen in recorded answers, or documented beside them. */
type Types = readonly ('string' | 'number' | 'boolean' | 'null' | 'array' | 'object')[];

const TEXT = ['string'] as const;
const TEXT_OR_NONE = ['string', 'null'] as const;
const ID = ['number'] as const;
const ID_OR_NONE = ['number', 'null'] as const;
const FLAG = ['boolean'] as const;

/** Fields in the client's form: its answers lack none, and hold no others except for those that are handed on whole. */
export const RECORDED = {
  ticket: {
    id: ID,
    subject: TEXT_OR_NONE,
    description: TEXT_OR_NONE,
    status: TEXT,
    priority: TEXT_OR_NONE,
    type: TEXT_OR_NONE,
    via: ['object'],
    tags: ['array'],
    group_id: ID_OR_NONE,
    assignee_id: ID_OR_NONE,
    requester_id: ID,
    submitter_id: ID,
    is_public: FLAG,
    organization_id: ID_OR_NONE,
    brand_id: ID,
    // Only plans with several forms have them.
    ticket_form_id: ID_OR_NONE,
    custom_fields: ['array'],
    created_at: TEXT,
    updated_at: TEXT,
    generated_timestamp: ID,
  },
  comment: { id: ID, author_id: ID, body: TEXT, public: FLAG, created_at: TEXT, via: ['object'] },
  user: {
    id: ID,
    name: TEXT,
    email: TEXT_OR_NONE,
    role: TEXT,
    suspended: FLAG,
    locale: TEXT,
    iana_time_zone: TEXT_OR_NONE,
    external_id: TEXT_OR_NONE,
    user_fields: ['object'],
    created_at: TEXT,
  },
  view: { id: ID, title: TEXT, active: FLAG, updated_at: TEXT, execution: ['object'] },
  execution: {
    columns: ['array'],
    group_by: TEXT_OR_NONE,
    group_order: TEXT_OR_NONE,
    sort_by: TEXT_OR_NONE,
    sort_order: TEXT_OR_NONE,
  },
  job: { id: TEXT, status: TEXT, results: ['array'] },
  jobRow: { id: ID, success: FLAG, error: TEXT_OR_NONE, details: TEXT_OR_NONE },
} satisfies Record<string, Record<string, Types>>;

/** Handed on with every field that Zendesk sends; recorded here are those that we read. */
const WHOLE: ReadonlySet<string> = new Set(['view', 'execution'] satisfies (keyof typeof RECORDED)[]);

/** What a record has that real ones do not, by field: `brand_id is null`. Empty: it could be a real one. */
export function unlikeRecorded(kind: keyof typeof RECORDED, record: object | null | undefined): string[] {
  if (!record) return [`there is no ${kind}`];
  const wanted: Record<string, Types> = RECORDED[kind];
  const values = Object.entries(record);
  const wrong = values
    .filter(([field, value]) => !(wanted[field]?.includes(typeOf(value)) ?? WHOLE.has(kind)))
    .map(([field, value]) => `${field} is ${typeOf(value)}`);
  const missing = Object.keys(wanted).filter((field) => !(field in record));
  return [...wrong, ...missing.map((field) => `${field} is missing`)];
}

function typeOf(value: unknown): Types[number] {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : (typeof value as Types[number]);
}
