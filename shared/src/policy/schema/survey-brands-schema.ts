// Declares how surveys look, what they say and from whom they come where the account has several brands.
import { z } from 'zod';
import { language, line, name } from './atoms.ts';
import { email } from './people-schema.ts';
import { color, logo } from './survey-page-schema.ts';
import { surveyTexts } from './survey-texts-schema.ts';
import { thankYou } from './thank-you-schema.ts';

const sender = z.strictObject({
  name: line(60)
    .optional()
    .meta({ description: 'Left out: the name of the brand.', examples: ['Polar Kids Support'] }),
  address: email.optional().meta({
    description:
      'The mail server must be allowed to send in its name, and sign for its domain (DKIM). Left out: the address in `MAIL_FROM`, to which mails that cannot be delivered come back in any case.',
    examples: ['help@polarkids.example'],
  }),
});

const brand = z.strictObject({
  brand: name.meta({ description: 'The name of the brand in Zendesk, exactly.', examples: ['Polar Kids'] }),
  name: line(60)
    .optional()
    .meta({ description: 'What customers read. Left out: the name in Zendesk.', examples: ['Polar Kids'] }),
  color: color.optional().meta({ description: 'Left out: that of `page`.', examples: ['#8a1c7c'] }),
  logo: logo.optional().meta({
    description: 'Left out: the name is shown instead, never the logo of `page`, which is another brand’s.',
    examples: ['https://polarkids.example/logo.png'],
  }),
  sender: sender.prefault({}).meta({ description: 'From whom the mails come.' }),
  reply_to: email.optional().meta({
    description: 'Where answers to the mails go. Left out: to the sender.',
    examples: ['help@polarkids.example'],
  }),
  texts: z
    .record(language, surveyTexts)
    .optional()
    .meta({
      description: 'Texts in place of those of `page`, which stand in for what is missing.',
      examples: [{ en: { csat: { question: 'Did {company} help you?' } } }],
    }),
  thank_you: thankYou
    .pick({ link: true, texts: true })
    .optional()
    .meta({ description: 'What the mail that thanks promoters has in place of that of `nps.thank_you`.' }),
});

export const surveyBrands = z.array(brand).max(100, 'has more than 100 brands').default([]).meta({
  description:
    'Brands under which customers are asked. The brand of the ticket decides; a campaign has one if it is started with `--brand`. What is not set here, and brands that are not listed, follow `page`.',
});
