// Declares a time zone.
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { errorAt, type Finding } from '../finding.ts';
import { nearestSpelling } from '../nearest-spelling.ts';
import { fromCheck } from './from-check.ts';

export const timeZone = z.string().check(fromCheck(checkTimeZone)).meta({ title: 'time zone' });

function checkTimeZone(value: unknown): Finding[] {
  if (typeof value !== 'string') return [];
  // Abbreviations (EST, CET) are valid for the JavaScript engine but know no summer time or mean several places.
  const isPlace = value === 'UTC' || value.includes('/');
  if (isPlace && isKnownZone(value)) return [];
  const didYouMean = nearestSpelling(value, Intl.supportedValuesOf('timeZone'));
  return [
    errorAt([], `"${value}" is not a time zone; write region/city as in America/New_York or Europe/Berlin, or UTC`, {
      ...(didYouMean !== undefined && { didYouMean }),
    }),
  ];
}

/** Cached, because checking a zone takes a millisecond, as long as the rest of a small policy. */
const known = new Set<string>();

function isKnownZone(name: string): boolean {
  if (!known.has(name) && IANAZone.isValidZone(name)) known.add(name);
  return known.has(name);
}
