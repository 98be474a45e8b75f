// Describes a failed row in a job's result.
import type { Refusal } from '../../account/result.ts';
import type { JobRow } from './jobs.ts';

function detailsOf(refusal: Refusal): [error: string, details: string] {
  switch (refusal.kind) {
    case 'not_found':
      return ['TicketNotFound', 'Ticket not found'];
    case 'stale':
      return ['UpdateConflict', 'Safe Update prevented the update of this ticket'];
    case 'invalid':
      return [
        'TicketUpdateFailed',
        Object.values(refusal.details)
          .flat()
          .map((one) => one.description)
          .join('; '),
      ];
    case 'forbidden':
    case 'bad_value':
      return ['TicketUpdateFailed', refusal.message];
  }
}

/** As real accounts were recorded to say it: no `success`, no `action`. `index`: of the row in the request, from 0. `id` null: nothing was made. */
export function failedRow(index: number, id: number | null, refusal: Refusal): JobRow {
  const [error, details] = detailsOf(refusal);
  return { index, error, ...(id === null ? {} : { id }), details };
}
