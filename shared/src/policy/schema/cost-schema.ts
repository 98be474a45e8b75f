// Declares what surveys cost, for the report on sends.
import { z } from 'zod';
import { amount, currency } from './money-schema.ts';

export const surveyCost = z.strictObject({
  currency: currency.meta({ description: 'The currency of the amounts here (ISO 4217).', examples: ['USD'] }),
  per_month: amount.default(0).meta({
    description: 'What the mail server or service costs in each month, however much is sent.',
    examples: [15],
  }),
  per_thousand_mails: amount.default(0).meta({ description: 'What a thousand mails cost.', examples: ['0.10'] }),
});
