// Chooses the metric label of a webhook.
import { EVENT_TYPES } from './event-types.ts';

const KNOWN = new Set([
  ...EVENT_TYPES.map((type) => type.replace('zen:event-type:', '')),
  'trigger',
  'unknown',
  'unread',
]);

/** The type itself if it is known, otherwise `other`: each label value is a time series, and an account may send any type. */
export function countedType(type: string): string {
  return KNOWN.has(type) ? type : 'other';
}
