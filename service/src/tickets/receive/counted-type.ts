// Chooses the metric label of a webhook.
import { EVENT_TYPES } from './event-types.ts';

const KNOWN = new Set([
  ...EVENT_TYPES.map((type) => type.replace('zen:event-type:', '')),
  'trigger',
  'unknown',
  'unread',
]);

/** The type itself when we know it, else `other`: each word is a time series of its own, and an account may send any. */
export function countedType(type: string): string {
  return KNOWN.has(type) ? type : 'other';
}
