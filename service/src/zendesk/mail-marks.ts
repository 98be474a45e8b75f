// Reads what a comment shows of the mail it came by.
import { z } from 'zod';

/** What an API shows of a mail beside its words. */
export interface MailMarks {
  /** Zendesk's cause of suspension, of a mail that was suspended and recovered. */
  readonly suspension: number | null;
  readonly from: string | null;
  /** By lower-case name. Zendesk shows none; connectors that add comments by API put them into `metadata.custom`. */
  readonly headers: Readonly<Record<string, string>>;
}

const source = z.object({ source: z.object({ from: z.object({ address: z.string() }) }) });
const record = z.record(z.string(), z.unknown()).catch({});
const details = z
  .object({ suspension_type_id: z.number().nullish().catch(null), custom: record.optional() })
  .catch({ suspension_type_id: null });

/**
 * Null: there are none. `metadata` as recorded from real accounts: `{system: {message_id, email_id, raw_email_identifier, ...}, custom: {}, flags,
 * trusted, suspension_type_id}`. It has no headers of the mail; programs that create comments by the API may store them in `custom`, by themselves or
 * under `headers`.
 */
export function readMailMarks(via: unknown, metadata: unknown): MailMarks | null {
  const from = source.safeParse(via).data?.source.from.address ?? null;
  const { suspension_type_id: suspension, custom = {} } = details.parse(metadata ?? {});
  const headers = Object.fromEntries(
    Object.entries({ ...custom, ...record.parse(custom.headers) }).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase().replaceAll('_', '-'), value]] : [],
    ),
  );
  const isEmpty = from === null && suspension == null && Object.keys(headers).length === 0;
  return isEmpty ? null : { suspension: suspension ?? null, from, headers };
}
