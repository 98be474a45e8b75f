// How does the sidebar reach the Zendesk around it?
import { gapAfter } from './gap-after.ts';
import type { ColorScheme, Host } from './host.ts';
import type { ZafClient, ZafContext, ZafSdk } from './zaf-client.ts';

const WRITTEN = 'ticket.comment.text';
const KIND = 'ticket.comment.type';

/**
 * Shakes hands with Zendesk and asks once for what the first paint needs.
 * Null: the page is not in a Zendesk frame, or the SDK did not load.
 */
export async function connectHost(sdk: ZafSdk | undefined): Promise<Host | null> {
  const client = sdk?.init();
  if (!client) return null;
  const [context, asked] = await Promise.all([
    client.context(),
    client.get(['ticket.id', 'colorScheme', 'currentUser.locale']),
  ]);
  const locale = asked['currentUser.locale'];
  return {
    place: context.location === 'new_ticket_sidebar' ? 'new_ticket' : 'ticket',
    ticketId: ticketIdOf(context) ?? toId(asked['ticket.id']),
    colorScheme: toColorScheme(asked.colorScheme),
    locale: typeof locale === 'string' && locale !== '' ? locale : null,
    ...listening(client),
    ...acting(client),
  };
}

function listening(client: ZafClient): Pick<Host, 'onTicket' | 'onTicketUpdated' | 'onActive' | 'onColorScheme'> {
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
    onColorScheme(listener) {
      client.on('colorScheme.changed', (scheme) => listener(toColorScheme(scheme)));
    },
  };
}

function acting(client: ZafClient): Pick<Host, 'appendToReply' | 'notify' | 'openTicket' | 'setHeight'> {
  return {
    async appendToReply(text) {
      // Where Zendesk does not tell, the wording is still worth having: it then goes to where wording usually does.
      const comment = await client.get([WRITTEN, KIND]).catch((): Record<string, unknown> => ({}));
      return client.invoke('ticket.comment.appendText', gapAfter(comment[WRITTEN]) + text).then(
        () => (comment[KIND] === 'internalNote' ? 'internal_note' : 'reply'),
        () => null,
      );
    },
    notify: (message, kind) => ignoreRefusal(client.invoke('notify', message, kind)),
    openTicket: (ticketId) => ignoreRefusal(client.invoke('routeTo', 'ticket', ticketId)),
    setHeight: (pixels) => ignoreRefusal(client.invoke('resize', { width: '100%', height: `${Math.ceil(pixels)}px` })),
  };
}

/** These are courtesies of the host: the sidebar stays usable without them, and has nothing better to offer. */
function ignoreRefusal(asked: Promise<unknown>): void {
  asked.catch(() => undefined);
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
