// Builds the tickets for the decide benchmarks.

const SENTENCES = [
  'hi, i ordered a tent three weeks ago and it has not arrived, where is it??',
  'I was charged twice for the same pair of boots. Please fix this as soon as possible.',
  'can you send me the invoice for my last order, my company needs the VAT number on it',
  'the zip on the jacket broke the second time I wore it, is that still under warranty',
  "I can't log in, it says my password is wrong but I never changed it",
  'The app shows a blank page since yesterday. I tried two phones and a laptop, same thing everywhere.',
  'How do I change the delivery address, we are moving next week and the parcel is already on its way.',
  'I want my money back, this is the third time I am writing about it and nobody answers me.',
  'thanks for the quick help last week, the new sleeping bag is great and we had a lovely weekend in the hills',
  'Does the stove fit the older gas cartridges or do I have to buy new ones',
  'please cancel my account and delete everything you know about me',
  'your courier left the box in the rain and now the maps are soaked, I am quite disappointed to be honest',
  'We are a scout group of forty, do you give a discount if we order all tents and mats at once?',
  'Sent from my phone. Sorry for typos.',
  'I already told your colleague all of this on Monday, the number he gave me was 4711-22.',
  'My card was declined although there is enough money on it, PayPal did not work either.',
  'is it possible to exchange the boots for a smaller size, I have not worn them outside',
  'Best regards and have a nice day',
  'I still have the receipt and all of the packaging, so a return should be no problem at all.',
  'when i click on pay it just says error 502 and then the basket is empty again',
];
const SUBJECTS = [
  'Question',
  'Order #48213',
  'where is my order',
  'Help!!',
  'Complaint',
  'Returning a tent',
  'charged twice',
  'Login',
  're: your mail',
  'error code 502',
];
/** @type {import('@deskwright/shared').TicketFacts['status'][]} */
const STATUSES = ['new', 'open', 'open', 'pending', 'hold', 'solved'];
/** @type {import('@deskwright/shared').TicketFacts['priority'][]} */
const PRIORITIES = ['low', 'normal', 'high'];
const HOUR = 3_600_000;

/**
 * `count` different tickets, always the same ones, of one to five sentences (about 40 words on average).
 * @param {number} count
 * @returns {import('@deskwright/shared').TicketFacts[]}
 */
export function buildTickets(count) {
  const now = Date.UTC(2026, 10, 24, 9);
  return Array.from({ length: count }, (_, at) => {
    const sentences = Array.from(
      { length: 1 + (at % 5) * (at % 3 ? 1 : 0) },
      (_, i) => SENTENCES[(at * 7 + i * 3) % SENTENCES.length],
    );
    const description = sentences.join(' ');
    return {
      now,
      ticketId: at + 1,
      subject: SUBJECTS[at % SUBJECTS.length],
      description,
      comment: description,
      tags: at % 7 === 0 ? ['spam'] : at % 3 === 0 ? ['vip', 'web'] : [],
      status: STATUSES[at % STATUSES.length],
      priority: at % 4 === 0 ? null : PRIORITIES[at % 3],
      type: null,
      via: at % 3 === 0 ? 'web' : 'email',
      group: null,
      assignee: null,
      requester: 'Robin Field',
      requesterEmail: 'robin@example.com',
      organization: at % 5 === 0 ? 'Acme' : null,
      brand: 'Northwind Outdoor',
      form: null,
      language: at % 6 === 0 ? 'de' : 'en-US',
      createdAt: now - (at % 144) * HOUR,
      waitingSince: at % 9 === 0 ? null : now - (at % 50) * HOUR,
      customFields: { 900: at % 2 ? 'tent' : null },
    };
  });
}
