// Keeps the accounts, orders, parcels and log files of a shop, as its own systems would.

/** Dates are ISO 8601. */
export interface BackOffice {
  /** By number (`A-1001`) or e-mail address; made up for customers who are asked for the first time. */
  account(key: string): ShopAccount | null;
  ordersOf(email: string): readonly ShopOrder[];
  order(number: string): ShopOrder | null;
  parcel(number: string): { number: string; carrier: string; place: string; arrives: string } | null;
  logs(number: string): readonly { at: string; line: string }[];
  /** False: it was cancelled before. The same key has no effect twice. */
  cancel(number: string, reason: string, key: string): boolean;
  /** Sends a code to the phone number on record. Null: there is no such active account. The same key has no effect twice. */
  recover(number: string, key: string): { sentTo: string; times: number } | null;
  /** @returns how often this account was sent a new password */
  reset(email: string, key: string): number;
}

interface ShopAccount {
  number: string;
  email: string;
  since: string;
  plan: string;
  status: 'active' | 'cancelled';
  postcode: string;
  cancelReason: string | null;
}

interface ShopOrder {
  number: string;
  status: 'paid' | 'sent' | 'delivered';
  total: string;
  parcel: string;
}

const STATUSES = ['paid', 'sent', 'delivered'] as const;
const DAY_MS = 86_400_000;

/** The same address always has the same account and orders. @param now epoch milliseconds */
export function createBackOffice(now: () => number): BackOffice {
  const accounts = new Map<string, ShopAccount>();
  const done = new Set<string>();
  const sent = new Map<string, number>();
  const day = (ago: number): string => new Date(now() - ago * DAY_MS).toISOString().slice(0, 10);

  function byEmail(email: string): ShopAccount {
    const known = [...accounts.values()].find((one) => one.email === email);
    if (known) return known;
    const seed = seedOf(email);
    const made: ShopAccount = {
      number: `A-${1_000 + accounts.size + 1}`,
      email,
      since: String(2_015 + (seed % 10)),
      plan: seed % 3 === 0 ? 'Club' : 'Basic',
      status: 'active',
      postcode: String(10_000 + (seed % 80_000)),
      cancelReason: null,
    };
    accounts.set(made.number, made);
    return made;
  }

  function order(number: string): ShopOrder | null {
    if (!/^NW-\d{5}$/.test(number)) return null;
    const n = Number(number.slice(3));
    return {
      number,
      status: STATUSES[n % STATUSES.length] ?? 'paid',
      total: `$${20 + (n % 300)}.00`,
      parcel: `PK${number.slice(3)}`,
    };
  }

  function sendOnce(to: string, key: string): number {
    const times = sent.get(to) ?? 0;
    if (done.has(key)) return times;
    done.add(key);
    sent.set(to, times + 1);
    return times + 1;
  }

  return {
    account: (key) => (key.includes('@') ? byEmail(key.toLowerCase()) : (accounts.get(key) ?? null)),
    ordersOf: (email) => {
      const seed = seedOf(email.toLowerCase());
      return [seed % 90_000, (seed * 7) % 90_000].flatMap((n) => order(`NW-${10_000 + n}`) ?? []);
    },
    order,
    parcel: (number) =>
      /^PK\d{5}$/.test(number) ? { number, carrier: 'Northwind Parcel', place: 'Albany, NY', arrives: day(-2) } : null,
    logs: (number) =>
      accounts.has(number)
        ? [
            { at: `${day(1)}T09:12:44Z`, line: 'sign-in failed: wrong password' },
            { at: `${day(1)}T09:13:02Z`, line: 'sign-in failed: wrong password' },
            { at: `${day(0)}T07:40:10Z`, line: 'password page opened' },
          ]
        : [],
    cancel: (number, reason, key) => {
      const account = accounts.get(number);
      if (!account || (account.status === 'cancelled' && !done.has(key))) return false;
      done.add(key);
      accounts.set(number, { ...account, status: 'cancelled', cancelReason: reason });
      return true;
    },
    recover: (number, key) => {
      const account = accounts.get(number);
      if (account?.status !== 'active') return null;
      return { sentTo: `phone number ending in ${account.postcode.slice(-2)}`, times: sendOnce(number, key) };
    },
    reset: sendOnce,
  };
}

/** A number from 0 that is the same for the same text. */
function seedOf(text: string): number {
  return Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 7);
}
