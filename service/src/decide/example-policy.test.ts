import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicy } from '@deskwright/shared';
import { parse } from 'csv-parse/sync';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { aTicket } from './testing/builders.ts';

const ROOT = join(__dirname, '../../..');
const MESSAGES = join(ROOT, '../shared/data/customer-messages.csv');

const loaded = loadPolicy(readFileSync(join(ROOT, 'config/deskwright.yaml'), 'utf8'), 'config/deskwright.yaml');
if (!loaded.ok) throw new Error('The example policy is not valid');
const compiled = compilePolicy(loaded.policy);
const decideOn = (description: string) => decide(aTicket({ subject: '', description }), compiled);
const categoryOf = (description: string) => decideOn(description).category.value;

describe('the example policy', () => {
  it.each([
    ['i forgot my pasword and cant log in', 'account'],
    ['please close my acount', 'account'],
    ['ordered the wrong size, can you change my order?', 'order'],
    ['where can I track my package', 'order'],
    ['the courier left my parcel in the rain', 'delivery'],
    ['how long does delivery to Norway take', 'delivery'],
    ['I moved, please change the adress', 'shipping'],
    ['my card was declined', 'payment'],
    ['do you take paypal', 'payment'],
    ['please send me the invoce for my last order', 'invoices'],
    ['I want my money back, the tent leaks', 'refunds'],
    ['where is my refnd', 'refunds'],
    ['the tour was cancelled because of the storm', 'refunds'],
    ['what does it cost to cancel my booking', 'cancellation_fee'],
    ['unsubscribe me from ur newsletter', 'newsletter'],
    ['I want to file a complaint', 'feedback'],
    ['can I talk to a human', 'contact'],
    ['is there an email address for customer support', 'contact'],
    ['the zip of my tent is broken after two weeks', 'warranty'],
    ['the app crashes when I open the map', 'bug'],
    ['your website is down', 'outage'],
    ['which boots would you take for November?', 'other'],
    ['I changed my mind, cancel my account', 'account'],
  ])('puts "%s" into %s', (message, category) => {
    expect(categoryOf(message)).toBe(category);
  });

  it('sends refunds to tier 1 with a CES survey, app problems to tier 2, an outage directly to tier 3', () => {
    expect(decideOn('money back')).toMatchObject({ tier: { value: 't1' }, survey: { value: 'ces' } });
    expect(decideOn('the app crashes')).toMatchObject({ tier: { value: 't2' }, survey: { value: 'csat' } });
    expect(decideOn('your site is down')).toMatchObject({ tier: { value: 't3' }, priority: { value: 'urgent' } });
  });

  it('raises the priority of urgent tickets', () => {
    expect(decideOn('my account was hacked').priority.value).toBe('urgent');
    expect(decideOn('send the invoice asap').priority.value).toBe('high');
    expect(decideOn('send the invoice').priority.value).toBeNull();
  });
});

(existsSync(MESSAGES) ? describe : describe.skip)('the example policy, on 8,306 real messages', () => {
  it('puts at least 95 % into the right category', () => {
    const rows: Array<{ message: string; category: string }> = parse(readFileSync(MESSAGES, 'utf8'), { columns: true });
    const right = rows.filter(({ message, category }) => categoryOf(message) === category.toLowerCase()).length;

    expect(rows.length).toBeGreaterThan(8_000);
    expect(right / rows.length).toBeGreaterThan(0.95);
  });
});
