// What does a refused reading mean for the page?
import type { Refusal } from '../api/refusal.ts';
import type { Trouble } from './ticket-view.ts';

/** A rush of readers is as good as no answer: the same waiting helps. */
export function troubleOf({ kind }: Refusal): Trouble['kind'] {
  switch (kind) {
    case 'too_many_requests':
      return 'unreachable';
    case 'closed':
    case 'solved':
    case 'read_only':
    case 'no_such_group':
    case 'group_not_allowed':
    case 'conflict':
    case 'fields_missing':
      return 'failed';
    default:
      return kind;
  }
}
