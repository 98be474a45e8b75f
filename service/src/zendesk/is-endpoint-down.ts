// Checks whether an endpoint that failed for one record answers for another.
import type { Endpoints } from './endpoints.ts';
import type { Transport } from './transport.ts';
import { ZendeskError } from './zendesk.ts';

/** An id that no record has: Zendesk answers 404, and nothing can be changed. */
const NOBODY = Number.MAX_SAFE_INTEGER;
/** The 404 may still be given when tickets cannot be written: this many failures, without a success in between, are an outage. */
const WRITES_THAT_FAIL = 3;

/**
 * Calls the endpoint of a failed call once for another record. True: it fails there too, or the call was not about a single record, so
 * whatever needs it waits. False: Zendesk answered, or nothing was sent. A write is tried on a record that cannot exist.
 */
export function createIsEndpointAway(transport: Transport, endpoints: Endpoints) {
  return async ({ call, status }: ZendeskError): Promise<boolean> => {
    if (call === null) return false;
    const { method, path } = call;
    const failing = endpoints.noteFailure(method, path);
    const other = forAnother(path);
    const isAway =
      other === null || !(await answers(transport, method, other)) || (method !== 'GET' && failing >= WRITES_THAT_FAIL);
    if (isAway) endpoints.leaveAlone(method, path, status);
    return isAway;
  };
}

function forAnother(path: string): string | null {
  const other = path
    .replace(/\/tickets\/\d+(?=[./?]|$)/, `/tickets/${NOBODY}`)
    .replace(/([?&]ids=)[\d,]+|([?&]ids=)(?:\d|%2C)+/i, (_all, before, encoded) => `${before ?? encoded}${NOBODY}`);
  return other === path ? null : other;
}

async function answers(transport: Transport, method: string, path: string): Promise<boolean> {
  try {
    await transport(method, path, method === 'GET' ? undefined : { ticket: {} }, { tries: 1 });
    return true;
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error;
    return error.kind !== 'unavailable' && error.kind !== 'busy';
  }
}
