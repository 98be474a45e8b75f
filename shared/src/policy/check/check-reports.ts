// Checks when reports are sent and to whom.
import { errorAt, type Finding, warningAt } from '../finding.ts';
import { entriesAt } from '../value-at.ts';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** `08:00`, from 00:00 to 23:59. */
export const TIME_PATTERN = TIME.source;

/** A time of day; a number or an hour without a zero is explained by what to write. */
export function checkTimeOfDay(value: unknown): Finding[] {
  if (value === undefined || (typeof value === 'string' && TIME.test(value))) return [];
  const [, hours, minutes = '00'] =
    /^(\d{1,2})(?:[:.]([0-5]\d))?$/.exec(
      typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '',
    ) ?? [];
  const meant = hours === undefined ? undefined : `${hours.padStart(2, '0')}:${minutes}`;
  return [
    meant !== undefined && TIME.test(meant)
      ? errorAt([], `must have two digits for hours and minutes: write "${meant}"`)
      : errorAt([], 'must be a time of day from "00:00" to "23:59", such as "08:00"'),
  ];
}

/** Accepts unvalidated values, so that these problems are reported together with those of the schema. */
export function checkReports(policy: unknown): Finding[] {
  return entriesAt(policy, ['reports']).flatMap(({ entry, path }) => {
    const { every, on, mail_to: mailTo, slack, survey, department, lists, categories } = entry;
    const hasNoMail = mailTo === undefined || (Array.isArray(mailTo) && mailTo.length === 0);
    return [
      ...(typeof every === 'string' && every !== 'week' && on !== undefined
        ? [errorAt([...path, 'on'], `on is for weekly reports, but this one is sent every ${every}; remove the key`)]
        : []),
      ...(survey === undefined && (every === 'month' || every === 'quarter')
        ? [
            errorAt(
              [...path, 'every'],
              `every ${every} is for reports about a survey; add the survey, such as survey: nps`,
            ),
          ]
        : []),
      ...(survey !== undefined && every === 'day'
        ? [errorAt([...path, 'every'], 'a day has too few answers for a survey report; use week, month or quarter')]
        : []),
      ...(survey !== undefined && department !== undefined
        ? [
            errorAt(
              [...path, 'department'],
              'a report about a survey cannot be limited to a department; remove the key',
            ),
          ]
        : []),
      ...(lists === undefined
        ? []
        : Object.entries({ survey, department, categories }).flatMap(([key, value]) =>
            value === undefined
              ? []
              : [errorAt([...path, key], `lists: at_risk covers all customers and surveys; remove ${key}`)],
          )),
      // It works, but is surely a slip.
      ...(hasNoMail && slack === undefined
        ? [warningAt([...path], 'this report has no recipients; add mail_to or slack', { at: 'block' })]
        : []),
    ];
  });
}
