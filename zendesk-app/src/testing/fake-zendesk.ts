// Fakes Zendesk for tests and for the gallery.
import type { ZafClient, ZafContext, ZafSdk } from '../base/zendesk/zaf-client.ts';

export interface FakeZendesk {
  readonly sdk: ZafSdk;
  /** What the app asked Zendesk to do: `['notify', 'Done', 'notice']`. */
  readonly invoked: readonly (readonly unknown[])[];
  /** Sends an event as Zendesk does. */
  readonly send: (event: string, data?: unknown) => void;
  /** Asks the app as Zendesk does before it saves: the reason why not, or null. */
  readonly save: (comment?: Pick<FakeZendeskParts, 'comment' | 'commentType'>) => Promise<string | null>;
}

export interface FakeZendeskParts {
  readonly context?: ZafContext;
  readonly locale?: string;
  /** IANA name; omitted: Zendesk does not say. */
  readonly timeZone?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** What `ticket.comment.text` and `ticket.comment.type` return. */
  readonly comment?: unknown;
  readonly commentType?: 'publicReply' | 'internalNote';
  /** Invocations that Zendesk refuses, by name; `get comment` refuses to return the text. */
  readonly refuses?: readonly string[];
}

export function aZendesk(parts: FakeZendeskParts = {}): FakeZendesk {
  const { context = { location: 'ticket_sidebar', ticketId: 42 }, locale = 'en-US', colorScheme = 'light' } = parts;
  const handlers = new Map<string, ((data: unknown) => unknown)[]>();
  const invoked: (readonly unknown[])[] = [];
  const known: Record<string, unknown> = {
    'ticket.id': context.ticketId ?? null,
    colorScheme,
    'currentUser.locale': locale,
    'currentUser.timeZone': parts.timeZone === undefined ? undefined : { ianaName: parts.timeZone },
    'ticket.comment.text': parts.comment,
    'ticket.comment.type': parts.commentType ?? 'publicReply',
  };
  const valuesOf = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, known[path]]));
  const client: ZafClient = {
    context: () => Promise.resolve(context),
    get(paths) {
      const refused = paths.includes('ticket.comment.text') && parts.refuses?.includes('get comment');
      return refused ? Promise.reject(new Error('"get" refused')) : Promise.resolve({ errors: {}, ...valuesOf(paths) });
    },
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
    async save(written = {}) {
      if ('comment' in written) known['ticket.comment.text'] = written.comment;
      if ('commentType' in written) known['ticket.comment.type'] = written.commentType;
      const answers = await Promise.allSettled(
        (handlers.get('ticket.save') ?? []).map((handler) => handler(undefined)),
      );
      const problem = answers
        .map((one) => (one.status === 'rejected' ? one.reason : one.value))
        .find((one) => one !== true);
      return problem === undefined ? null : String(problem);
    },
    send: (event, data) => handlers.get(event)?.forEach((handler) => handler(data)),
  };
}
