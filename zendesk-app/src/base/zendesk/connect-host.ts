// Connects to the Zendesk that frames the app.
import { gapAfter, plainText } from './comment-text.ts';
import type { ColorScheme, Host } from './host.ts';
import type { ZafClient, ZafContext, ZafSdk } from './zaf-client.ts';

const COMMENT_TEXT = 'ticket.comment.text';
const COMMENT_TYPE = 'ticket.comment.type';

/**
 * Initialises the SDK and reads what the first render needs.
 * Null: the page is not in a Zendesk frame, or the SDK did not load.
 */
export async function connectHost(sdk: ZafSdk | undefined): Promise<Host | null> {
  const client = sdk?.init();
  if (!client) return null;
  const [context, values] = await Promise.all([
    client.context(),
    client.get(['ticket.id', 'colorScheme', 'currentUser.locale', 'currentUser.timeZone']),
  ]);
  const locale = values['currentUser.locale'];
  return {
    place: context.location === 'new_ticket_sidebar' ? 'new_ticket' : 'ticket',
    ticketId: ticketIdOf(context) ?? toId(values['ticket.id']),
    colorScheme: toColorScheme(values.colorScheme),
    locale: typeof locale === 'string' && locale !== '' ? locale : null,
    timeZone: toTimeZone(values['currentUser.timeZone']),
    ...hostEvents(client),
    ...hostActions(client),
  };
}

type HostEvents = Pick<
  Host,
  'onTicket' | 'onTicketUpdated' | 'onActive' | 'onColorScheme' | 'onBeforeReply' | 'onSaved'
>;

function hostEvents(client: ZafClient): HostEvents {
  return {
    onTicket(listener) {
      client.on('context.updated', (context) => listener(ticketIdOf(context)));
      client.on('ticket.id.changed', (id) => listener(toId(id)));
    },
    onTicketUpdated(listener) {
      client.on('ticket.updated', listener);
    },
    onActive(listener) {
      client.on('app.activated', () => listener(true));
      client.on('app.deactivated', () => listener(false));
    },
    onBeforeReply(check) {
      client.on('ticket.save', async () => {
        const problem = await whyNotSend(client, check).catch(() => null);
        // The SDK shows agents the reason only as a text, and nothing of an Error.
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors
        return problem === null ? true : Promise.reject(problem);
      });
    },
    onSaved(listener) {
      client.on('ticket.submit.done', listener);
    },
    onColorScheme(listener) {
      client.on('colorScheme.changed', (scheme) => listener(toColorScheme(scheme)));
    },
  };
}

async function whyNotSend(client: ZafClient, check: (text: string) => Promise<string | null>): Promise<string | null> {
  const comment = await client.get([COMMENT_TEXT, COMMENT_TYPE]);
  const text = plainText(comment[COMMENT_TEXT]);
  return comment[COMMENT_TYPE] === 'internalNote' || text.trim() === '' ? null : check(text);
}

function hostActions(client: ZafClient): Pick<Host, 'appendToReply' | 'openTicket' | 'setHeight'> {
  return {
    async appendToReply(text) {
      // Where Zendesk refuses to say, the text is inserted as into an empty public reply.
      const comment = await client.get([COMMENT_TEXT, COMMENT_TYPE]).catch((): Record<string, unknown> => ({}));
      return client.invoke('ticket.comment.appendText', gapAfter(comment[COMMENT_TEXT]) + text).then(
        () => (comment[COMMENT_TYPE] === 'internalNote' ? 'internal_note' : 'reply'),
        () => null,
      );
    },
    openTicket: (ticketId) => ignoreRefusal(client.invoke('routeTo', 'ticket', ticketId)),
    setHeight: (pixels) => ignoreRefusal(client.invoke('resize', { width: '100%', height: `${Math.ceil(pixels)}px` })),
  };
}

/** The sidebar remains usable without these, so a failure needs no message. */
function ignoreRefusal(invoked: Promise<unknown>): void {
  invoked.catch(() => undefined);
}

function ticketIdOf(context: unknown): number | null {
  return toId((context as Partial<ZafContext> | null | undefined)?.ticketId);
}

function toId(value: unknown): number | null {
  const id = typeof value === 'string' ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

function toColorScheme(value: unknown): ColorScheme {
  return value === 'dark' ? 'dark' : 'light';
}

/** @param value ZAF's `timeZone` object of a user */
function toTimeZone(value: unknown): string | null {
  const { ianaName } = (value ?? {}) as { ianaName?: unknown };
  return typeof ianaName === 'string' && ianaName !== '' ? ianaName : null;
}
