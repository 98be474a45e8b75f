// Cuts a period into hours, days or weeks of a time zone.
import { DateTime } from 'luxon';
import type { Bucket, Period } from './figure-query.ts';

/** The starts of all buckets that the period touches, in order. Where the clock is set back, an hour of its name counts once. */
export function bucketStarts({ from, to }: Period, bucket: Bucket, zone: string): Date[] {
  const starts: Date[] = [];
  let at = DateTime.fromJSDate(from, { zone }).startOf(bucket);
  while (at.toMillis() < to.getTime()) {
    starts.push(at.toJSDate());
    at = bucket === 'hour' ? at.plus({ hours: 1 }) : at.plus({ [`${bucket}s`]: 1 }).startOf(bucket);
  }
  return starts;
}
