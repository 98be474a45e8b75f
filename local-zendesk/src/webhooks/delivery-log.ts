// Records deliveries and how they ended.
import type { DeliveryAttempt, DeliveryInvocation } from './deliveries.ts';

export interface DeliveryLog {
  record: (webhookId: string, invocation: DeliveryInvocation, attempt: DeliveryAttempt | null) => void;
  invocations: (webhookId: string) => readonly DeliveryInvocation[];
  attempts: (webhookId: string, invocationId: string) => readonly DeliveryAttempt[] | null;
}

interface Entry {
  invocation: DeliveryInvocation;
  attempts: DeliveryAttempt[];
}

/** `keep` bounds the memory: this many of the latest invocations of each webhook, with their bodies. */
export function createDeliveryLog(keep = 1_000): DeliveryLog {
  const byWebhook = new Map<string, Map<string, Entry>>();
  return {
    record(webhookId, invocation, attempt) {
      const entries = byWebhook.get(webhookId) ?? new Map<string, Entry>();
      byWebhook.set(webhookId, entries);
      const entry = entries.get(invocation.id) ?? { invocation, attempts: [] };
      entry.invocation = invocation;
      if (attempt !== null) entry.attempts.push(attempt);
      entries.set(invocation.id, entry);
      for (const oldest of entries.keys()) {
        if (entries.size <= keep) break;
        entries.delete(oldest);
      }
    },
    invocations: (webhookId) =>
      [...(byWebhook.get(webhookId)?.values() ?? [])].map((entry) => entry.invocation).toReversed(),
    attempts: (webhookId, invocationId) => byWebhook.get(webhookId)?.get(invocationId)?.attempts ?? null,
  };
}
