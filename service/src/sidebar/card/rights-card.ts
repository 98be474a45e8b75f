// Says what the agent may do from the sidebar.
import type { CardRights } from '@deskwright/shared/contract';
import type { Agent } from '../identity/agent.ts';

/** Nothing while Deskwright only watches: what agents do here would be written to Zendesk. */
export function rightsCard({ may }: Pick<Agent, 'may'>, isActedOn: boolean): CardRights {
  return isActedOn ? { edit: may.edit, correct: may.editTags } : { edit: false, correct: false, onlyWatching: true };
}
