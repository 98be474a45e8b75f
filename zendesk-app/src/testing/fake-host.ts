// What stands in for Zendesk in tests and in the gallery?
import type { ZafClient, ZafContext, ZafSdk } from '../zaf/zaf-client.ts';

export interface FakeZendesk {
  readonly sdk: ZafSdk;
  /** What the app asked Zendesk to do: `['notify', 'Done', 'notice']`. */
  readonly invoked: readonly (readonly unknown[])[];
  /** An event as Zendesk sends it. */
  readonly send: (event: string, data?: unknown) => void;
}

export interface FakeZendeskParts {
  readonly context?: ZafContext;
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** Invocations that Zendesk refuses, by name. */
  readonly refuses?: readonly string[];
}

export function aZendesk(parts: FakeZendeskParts = {}): FakeZendesk {
  const { context = { location: 'ticket_sidebar', ticketId: 42 }, locale = 'en-US', colorScheme = 'light' } = parts;
  const handlers = new Map<string, ((data: unknown) => void)[]>();
  const invoked: (readonly unknown[])[] = [];
  const client: ZafClient = {
    context: () => Promise.resolve(context),
    get: () =>
      Promise.resolve({ errors: {}, 'ticket.id': context.ticketId ?? null, colorScheme, 'currentUser.locale': locale }),
    invoke(name, ...args) {
      invoked.push([name, ...args]);
      return parts.refuses?.includes(name)
        ? Promise.reject(new Error(`"${name}" refused`))
        : Promise.resolve({ errors: {} });
    },
    on: (event, handler) => void handlers.set(event, [...(handlers.get(event) ?? []), handler]),
  };
  return {
    sdk: { init: () => client },
    invoked,
    send: (event, data) => handlers.get(event)?.forEach((handler) => handler(data)),
  };
}
