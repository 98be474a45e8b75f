// Declares business hours.
import { z } from 'zod';
import { isCalendarDate, WEEKDAYS } from '../../time/read-weekdays.ts';
import { checkWeekdays } from '../check/check-weekdays.ts';
import { fromCheck } from './from-check.ts';

const holiday = z
  .string()
  .refine(isCalendarDate, 'must be a date that exists, as year-month-day: 2026-12-25')
  .meta({ title: 'date' });

export const weekdayHours = z
  .custom<Record<string, string>>()
  .check(fromCheck(checkWeekdays))
  .meta({
    title: 'hours by day',
    type: 'object',
    propertyNames: { pattern: `^(${WEEKDAYS.join('|')})(-(${WEEKDAYS.join('|')}))?$` },
    additionalProperties: { type: 'string' },
    description:
      'Days (`mon`) or ranges of days (`mon-fri`, `sat-sun`) and when they are open, on the 24-hour clock; ' +
      'separate several periods by commas. A day that is not listed is closed.',
    examples: [
      { 'mon-fri': '09:00-18:00', sat: '10:00-14:00' },
      { 'mon-thu': '09:00-12:00, 13:00-17:00', fri: '09:00-12:00' },
    ],
  });

export const businessHours = z.strictObject({
  weekdays: weekdayHours,
  holidays: z
    .array(holiday)
    .default([])
    .meta({ description: 'Days on which the business is closed all day.', examples: [['2026-12-25', '2027-01-01']] }),
});
