// Expands a pattern of the phrase grammar into a sentence.
import { between, pick, type Random } from '../random.ts';
import { PRODUCTS, type Product } from './products.ts';

export type Slots = Readonly<Record<string, string>>;

const TOWNS = [
  'Burlington',
  'Asheville',
  'Bend',
  'Flagstaff',
  'Duluth',
  'Portland',
  'Boulder',
  'Ithaca',
  'Missoula',
  'Keene',
] as const;
const STREETS = [
  'Alder Road',
  'Mill Lane',
  'Station Street',
  'Quarry Hill',
  'Birch Avenue',
  'Lakeside Drive',
  'Old Post Road',
] as const;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const WHENS = [
  'last week',
  'on monday',
  'last friday',
  'ten days ago',
  'on the 3rd',
  'two weeks ago',
  'yesterday',
  'over a week ago',
] as const;
const DEVICES = [
  'iphone 13',
  'my android phone',
  'ipad',
  'firefox on windows',
  'safari',
  'chrome on a laptop',
  'samsung tablet',
  'pixel 8',
] as const;
const SIZES = ['XS', 'S', 'M'] as const;
const LARGER_SIZES = ['L', 'XL', 'XXL'] as const;

/** Values for every slot, drawn once per message so that subject and text agree. */
export function drawSlots(random: Random): Slots & { readonly line: Product['line'] } {
  const product = pick(random, PRODUCTS);
  const number = between(random, 10_000, 99_999);
  const whole = between(random, 9, 420);
  return {
    product: product.name,
    product2: pick(
      random,
      PRODUCTS.filter(({ name }) => name !== product.name),
    ).name,
    line: product.line,
    fault: pick(random, product.faults),
    order: pick(random, [`NW-${number}`, `#${number}`, `nw${number}`, `${number}`]),
    amount: pick(random, [`$${whole}.95`, `${whole} dollars`, `$${whole}`, `${whole}.00 usd`]),
    days: String(between(random, 3, 19)),
    number: String(between(random, 2, 12)),
    code: pick(random, ['500', 'E-1042', '0x80', 'ERR_CART', '403']),
    voucher: pick(random, ['TRAIL10', 'SPRING15', 'HELLO5', 'CAMP20']),
    size: pick(random, SIZES),
    size2: pick(random, LARGER_SIZES),
    town: pick(random, TOWNS),
    street: `${between(random, 1, 140)} ${pick(random, STREETS)}`,
    weekday: pick(random, WEEKDAYS),
    when: pick(random, WHENS),
    device: pick(random, DEVICES),
  };
}

/** `[a|b|]` becomes one of its alternatives, `{slot}` its value. @throws Error for a slot that has no value. */
export function fillSlots(pattern: string, slots: Slots, random: Random): string {
  return pattern
    .replaceAll(/\[([^\]]*)\]/g, (_all, choices: string) => pick(random, choices.split('|')))
    .replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
      const value = slots[name];
      if (value === undefined) throw new Error(`The phrase "${pattern}" has the unknown placeholder {${name}}.`);
      return value;
    });
}
