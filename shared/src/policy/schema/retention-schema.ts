// Declares how long stored data is kept.
import { z } from 'zod';

const days = z
  .string()
  .regex(/^[1-9]\d{0,3}d$/, 'must be a number of whole days from 1d to 9999d, such as 180d')
  .meta({ title: 'days' });

export const retention = z.strictObject({
  words: days.default('180d').meta({
    description:
      'How long after a ticket is closed or deleted its words are kept: subject, comments, forms, comments of answers, reasons of skips, and the addresses of surveys. Then they are erased; counts, categories and scores are kept.',
    examples: ['180d', '30d'],
  }),
  events: days.default('30d').meta({
    description: 'How long an event is kept after it was processed. They use the most space: about 2 kB each.',
    examples: ['30d', '7d'],
  }),
  effects: days.default('30d').meta({
    description: 'How long a change of a ticket is kept after it was made.',
    examples: ['30d', '7d'],
  }),
  decisions: days.default('400d').meta({
    description:
      'How long decisions with their reasons, and repairs of views, are kept. Those of open tickets are kept.',
    examples: ['400d', '90d'],
  }),
  moves: days.default('400d').meta({
    description: 'How long moves of tickets between groups are kept. Those of open tickets are kept.',
    examples: ['400d'],
  }),
  actions: days.default('800d').meta({
    description:
      'How long the record of what agents did in the sidebar is kept: corrected categories, escalations, ticked steps. That of open tickets is kept.',
    examples: ['800d'],
  }),
  surveys: days.default('800d').meta({
    description: 'How long surveys and their scores are kept.',
    examples: ['800d'],
  }),
  history: days.default('1200d').meta({
    description:
      'How long the history of tickets and the figures made from it are kept, in whole months. It contains no words of customers.',
    examples: ['1200d'],
  }),
  tickets: days.default('800d').meta({
    description: 'How long a ticket is kept, without its words, after it was closed or deleted.',
    examples: ['800d'],
  }),
});
