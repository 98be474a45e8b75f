// Names the columns of a CSV file of tickets.

/** The columns whose words are read. */
export const WORDS = ['message', 'subject', 'description'];

export const COLUMNS = 'a column "message", or "subject" and "description"';

/** `Ticket subject`, as Zendesk's own exports write it, is `subject`. */
export function columnName(written: string): string {
  const name = written
    .replace(/[\s_]+/gu, ' ')
    .trim()
    .toLowerCase();
  return name.startsWith('ticket ') ? name.slice('ticket '.length) : name;
}
