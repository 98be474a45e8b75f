// Composes a customer's message.
import { pick, type Random } from '../random.ts';
import { drawSlots, fillSlots } from './fill-slots.ts';
import { misspell } from './misspell.ts';
import type { KindOfMessage } from './phrases/kind-of-message.ts';
import { moneyKinds } from './phrases/money.ts';
import { orderKinds } from './phrases/order.ts';
import { peopleKinds } from './phrases/people.ts';
import { troubleKinds } from './phrases/trouble.ts';
import type { Product } from './products.ts';

export interface Message {
  subject: string;
  message: string;
  /** What a person would file it under; for tests, never written on a ticket. */
  category: string;
  /** Value of the ticket field "Product line", when the message is about a product. */
  line: Product['line'] | null;
}

const KINDS: readonly KindOfMessage[] = [...orderKinds, ...moneyKinds, ...troubleKinds, ...peopleKinds];
const TOTAL_WEIGHT = KINDS.reduce((sum, kind) => sum + kind.weight, 0);

const OPENERS = [
  '',
  '',
  '',
  '',
  'hi, ',
  'Hello, ',
  'hey ',
  'Good evening. ',
  'hi there! ',
  'Dear team, ',
  'Sorry to bother you but ',
];
const CLOSERS = [
  '',
  '',
  '',
  '',
  '',
  ' thanks',
  ' Thank you.',
  ' pls hurry',
  ' asap!!',
  ' Regards',
  ' not happy',
  ' cheers',
  ' Hoping for a quick answer.',
  ' ty',
  ' This is urgent.',
];
const GRUMBLES = [
  '',
  '',
  '',
  '',
  ' This is ridiculous.',
  ' i have better things to do.',
  ' seriously.',
  ' Never had this with other shops.',
  ' bit disappointed tbh',
  ' im losing patience',
];

const DETAILS = [
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  ' Looked through the help pages, found nothing.',
  ' My sister had the same last month btw.',
  ' Im on the road so mail is best.',
  ' Been buying from you since the little shop in town.',
  ' It is for my dads 60th.',
  ' Writing this on my phone so excuse the typing.',
  ' Asked on the chat already, it sent me here.',
  ' Not in a rush but would be good to know.',
  ' My kid is already packed and standing at the door.',
  ' I work nights so dont call before noon.',
] as const;

/** One message, from the same random numbers always the same. */
export function composeMessage(random: Random): Message {
  const kind = drawKind(random);
  const slots = drawSlots(random);
  const carelessness = random() ** 1.5;
  const pattern = pick(random, kind.bodies);
  const body = pick(random, OPENERS) + fillSlots(pattern, slots, random);
  const message =
    misspell(body + pick(random, DETAILS), carelessness, random) + pick(random, GRUMBLES) + pick(random, CLOSERS);
  const subject = misspell(fillSlots(pick(random, kind.subjects), slots, random), carelessness, random);
  const shouts = random() < 0.03;
  return {
    subject,
    message: shouts ? message.toUpperCase() : message,
    category: kind.category,
    line: pattern.includes('{product}') ? slots.line : null,
  };
}

function drawKind(random: Random): KindOfMessage {
  let left = random() * TOTAL_WEIGHT;
  for (const kind of KINDS) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  return pick(random, KINDS);
}
