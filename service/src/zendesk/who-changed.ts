// Reads from the account's audit log who last changed one of its objects.
import { z } from 'zod';
import { orNull, type ReadList, readShape } from './read-shape.ts';
import { auditLogShape } from './shapes.ts';
import type { Transport } from './transport.ts';

export interface LastChange {
  name: string;
  /** ISO 8601. */
  at: string;
}

/** Null: unknown. Only some plans have the log, and only admins can read it. */
export async function whoChanged(
  transport: Transport,
  readList: ReadList,
  sourceType: string,
  sourceId: string,
): Promise<LastChange | null> {
  const query = new URLSearchParams({ 'filter[source_type]': sourceType, 'filter[source_id]': sourceId });
  const answer = await orNull(transport('GET', `/api/v2/audit_logs.json?${query.toString()}`), [
    'not_found',
    'forbidden',
    'rejected',
  ]);
  if (!answer) return null;
  const { audit_logs: list } = readShape(z.object({ audit_logs: z.unknown() }), answer.body, 'list audit logs');
  const logs = readList(auditLogShape, list, { kind: 'audit_log', what: 'list audit logs', complete: false });
  const [latest] = logs.toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return latest ? { name: latest.actor_name, at: latest.created_at } : null;
}
