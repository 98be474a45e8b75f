// Generates the customers of Northwind Outdoor.
import { pick, type Random } from '../random.ts';

export interface Customer {
  name: string;
  email: string;
  /** Index into the account's organizations; null for a private person. */
  organization: number | null;
}

const FIRST = [
  'Rosa',
  'Ole',
  'Amina',
  'Ben',
  'Chloe',
  'Dmitri',
  'Elif',
  'Farid',
  'Greta',
  'Hugo',
  'Ines',
  'Jamal',
  'Kaja',
  'Liam',
  'Mei',
  'Nadia',
  'Oscar',
  'Paula',
  'Quentin',
  'Ravi',
  'Sofia',
  'Tariq',
  'Una',
  'Victor',
  'Wanda',
  'Ximena',
  'Yusuf',
  'Zoe',
] as const;
const LAST = [
  'Lindqvist',
  'Abbott',
  'Benitez',
  'Castle',
  'Dahl',
  'Eriksen',
  'Farrow',
  'Gupta',
  'Haddad',
  'Ivers',
  'Jansen',
  'Kowalski',
  'Larue',
  'Mbeki',
  'Novak',
  'Osei',
  'Petrov',
  'Quist',
  'Romero',
  'Sato',
  'Thorne',
  'Ueda',
  'Varga',
  'Wells',
  'Yilmaz',
  'Zimmer',
] as const;
const MAIL_HOSTS = ['mail.test', 'postbox.test', 'inbox.test'] as const;
const ORGANIZATION_HOSTS = ['highlandscouts.test', 'brightwater-school.test', 'peakrescue.test'] as const;

/** `count` different people; about one in twelve writes for an organization. Addresses end in `.test`, which nobody owns. */
export function drawCustomers(count: number, random: Random): Customer[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${pick(random, FIRST)} ${pick(random, LAST)}`;
    const organization = index % 12 === 5 ? index % ORGANIZATION_HOSTS.length : null;
    const host = organization === null ? pick(random, MAIL_HOSTS) : (ORGANIZATION_HOSTS[organization] ?? MAIL_HOSTS[0]);
    return { name, email: `${name.toLowerCase().replace(' ', '.')}.${index + 1}@${host}`, organization };
  });
}
