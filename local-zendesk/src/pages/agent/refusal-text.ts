// Describes to the agent why a change was refused.
import type { Refusal } from '../../account/result.ts';

export function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'not_found':
      return 'This ticket does not exist any more.';
    case 'forbidden':
    case 'bad_value':
      return refusal.message;
    case 'stale':
      return 'Somebody else changed this ticket meanwhile. Look at it again, then save.';
    case 'invalid':
      return Object.values(refusal.details)
        .flat()
        .map(({ description }) => description)
        .join(' ');
  }
}
