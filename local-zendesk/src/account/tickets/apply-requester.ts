// Sets the requester of a ticket.
import type { NewTicket } from '../ticket-input.ts';
import type { User } from '../types.ts';
import { type Draft, setField } from './draft.ts';
import { complain, type Problems, type TicketDeps } from './ticket-deps.ts';

function findRequester(deps: TicketDeps, draft: Draft, patch: NewTicket, problems: Problems): User | undefined {
  if (patch.requester_id !== undefined) {
    const user = deps.users.find(patch.requester_id);
    if (user === undefined)
      complain(problems, 'requester', { description: 'Requester: is invalid', error: 'InvalidValue' });
    return user;
  }
  if (patch.requester === undefined) return undefined;
  const { email, name } = patch.requester;
  const known = email === undefined ? undefined : deps.users.findByEmail(email);
  if (known !== undefined) return known;
  const made = deps.users.create({ name: name ?? email?.split('@')[0], email }, { id: draft.actorId, at: draft.at });
  if (made.ok) return made.value;
  complain(problems, 'requester', { description: 'Requester: Name: is too short (minimum is 1 characters)' });
  return undefined;
}

/** Sets requester and, unless it is given too, the requester's organization. */
export function applyRequester(deps: TicketDeps, draft: Draft, patch: NewTicket, problems: Problems): void {
  const requester = findRequester(deps, draft, patch, problems);
  if (requester !== undefined) {
    setField(deps.core, draft, 'requester_id', requester.id);
    if (patch.organization_id === undefined) {
      setField(deps.core, draft, 'organization_id', requester.organization_id);
    }
  }
  if (patch.organization_id === undefined) return;
  if (patch.organization_id !== null && deps.organizations.find(patch.organization_id) === undefined) {
    return complain(problems, 'organization', { description: 'Organization: is invalid', error: 'InvalidValue' });
  }
  setField(deps.core, draft, 'organization_id', patch.organization_id);
}
