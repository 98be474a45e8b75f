// Stores mails that customers and agents received.

export interface Mail {
  /** Counts up from 1 in the order of arrival. */
  id: number;
  /** Epoch milliseconds of arrival on the account's clock. */
  receivedAt: number;
  from: string;
  /** Addresses of the envelope, so blind copies are there too; lower case. */
  to: readonly string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: readonly { name: string; value: string }[];
}

export interface Mailbox {
  add(mail: Omit<Mail, 'id'>): Mail;
  /** Newest first; `to` keeps the mails to that address (any case). */
  list(filter?: { to?: string | undefined }): readonly Mail[];
  find(id: number): Mail | undefined;
  /** Everybody who has mail, alphabetically, with how many. */
  recipients(): readonly { address: string; mails: number }[];
  clear(): void;
}

/** Keeps the latest `keep` mails in memory. */
export function createMailbox(keep = 5_000): Mailbox {
  const mails = new Map<number, Mail>();
  let lastId = 0;
  return {
    add(received) {
      lastId += 1;
      const mail = { ...received, id: lastId };
      mails.set(lastId, mail);
      mails.delete(lastId - keep);
      return mail;
    },
    list: ({ to } = {}) => {
      const newestFirst = [...mails.values()].toReversed();
      return to === undefined ? newestFirst : newestFirst.filter((mail) => mail.to.includes(to.toLowerCase()));
    },
    find: (id) => mails.get(id),
    recipients() {
      const counts = new Map<string, number>();
      for (const mail of mails.values()) {
        for (const address of mail.to) counts.set(address, (counts.get(address) ?? 0) + 1);
      }
      return [...counts].map(([address, count]) => ({ address, mails: count })).toSorted(byAddress);
    },
    clear: () => mails.clear(),
  };
}

const byAddress = (a: { address: string }, b: { address: string }) => (a.address < b.address ? -1 : 1);
