// Acts as customers, agents and bots of the local Zendesk in a journey.
import type { LocalZendesk } from '@deskwright/local-zendesk';

const AGENT = 'priya@northwind.test';

async function post(zendesk: LocalZendesk, path: string, body: unknown): Promise<{ ticket: { id: number } }> {
  const response = await fetch(`${zendesk.url}/control${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST /control${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as { ticket: { id: number } };
}

export function customer({ zendesk }: { zendesk: LocalZendesk }, email = 'ida@customer.test') {
  return {
    /** Opens a ticket and gives back its number. */
    opens: async (subject: string, message: string): Promise<number> =>
      (await post(zendesk, '/tickets', { email, subject, message })).ticket.id,
    writesAgain: (id: number, message: string) => post(zendesk, `/tickets/${id}/customer`, { message }),
    /** Their mail program answers by itself. */
    isAway: (id: number) => post(zendesk, `/tickets/${id}/customer`, { automatic: 'out_of_office' }),
    /** Opens a conversation of messaging and gives back the number of its ticket. */
    opensConversation: async (message: string): Promise<number> =>
      (await post(zendesk, '/conversations', { email, name: 'Ida', message })).ticket.id,
    says: (id: number, message: string) => says(zendesk, id, 'customer', message),
  };
}

function says(zendesk: LocalZendesk, id: number, from: string, message: string) {
  return post(zendesk, `/conversations/${id}/messages`, { from, message });
}

/** Zendesk's own bot, in a conversation of messaging. */
export function bot({ zendesk }: { zendesk: LocalZendesk }) {
  return { says: (id: number, message: string) => says(zendesk, id, 'bot', message) };
}

export function agent({ zendesk }: { zendesk: LocalZendesk }, email = AGENT) {
  const acts = (id: number, body: object) => post(zendesk, `/tickets/${id}/agent`, { as: email, ...body });
  const me = () => zendesk.account.users.list().find((user) => user.email === email)!.id;
  return {
    replies: (id: number, message: string) => acts(id, { do: 'comment', message }),
    /** In the conversation of a messaging ticket. */
    says: (id: number, message: string) => says(zendesk, id, email, message),
    solvesSilently: (id: number) => acts(id, { do: 'solve' }),
    solves: (id: number, message = 'Done, have a good day.') => acts(id, { do: 'solve', message }),
    reopens: (id: number) => acts(id, { do: 'reopen' }),
    movesTo: (id: number, group: string): void => {
      const to = zendesk.account.groups.list().find(({ name }) => name === group)!;
      zendesk.account.tickets.update(id, { group_id: to.id, assignee_id: null }, { id: me(), channel: 'web' });
    },
    tags: (id: number, tags: string[]): void => {
      zendesk.account.tickets.replaceTags(id, tags, { id: me(), channel: 'web' });
    },
  };
}
