// Reads from Zendesk, and waits when it limits requests.
import { setTimeout as pause } from 'node:timers/promises';
import { ZendeskError } from '../../zendesk/zendesk.ts';

/** @param waitMs where Zendesk does not say how long. Null: aborted meanwhile. @throws ZendeskError */
export async function readWhenAllowed<P>(
  { signal, waitMs }: { readonly signal: AbortSignal; readonly waitMs: number },
  call: () => Promise<P>,
): Promise<P | null> {
  while (!signal.aborted) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ZendeskError) || error.kind !== 'busy') throw error;
      await pause(error.retryAfterMs ?? waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}
