// Builds agents for tests, with defaults for everything not given.
import type { Agent } from '../agent.ts';

export function anAgent(part: Partial<Agent> = {}): Agent {
  return {
    id: 7,
    name: 'Lena',
    email: 'lena@northwind.test',
    role: 'agent',
    locale: 'en-US',
    organizationId: null,
    groupIds: [11],
    sees: 'all',
    may: { edit: true, editTags: true, assignTo: 'any_group' },
    ...part,
  };
}
