// Declares how a policy names agents: by tier, by role in Zendesk, or by address.
import { z } from 'zod';
import { id } from './atoms.ts';

export const email = z.email('must be an e-mail address').meta({ title: 'e-mail address' });

/** Who is allowed something: everybody that one of the lists names. @param tier an example for the reference */
export const allowedAgents = (tier: string) =>
  z.strictObject({
    tiers: z
      .array(id)
      .default([])
      .meta({ description: "Agents in these tiers' groups.", examples: [[tier]] }),
    roles: z
      .array(z.enum(['admin', 'agent']))
      .default([])
      .meta({ description: 'Everybody with this role in Zendesk.', examples: [['admin']] }),
    agents: z
      .array(email)
      .default([])
      .meta({ description: 'These agents, whatever their tier.', examples: [['lead@northwind.test']] }),
  });

/** Whom a limit or budget is for: exactly one of the three, which `ONE_OF` adds for editors and `checkLimit` checks. */
export const limitedAgents = {
  tier: id.optional().meta({
    description: "For agents in this tier's group. Write one of `tier`, `agents` and `role`.",
    examples: ['t1'],
  }),
  agents: z
    .array(email)
    .min(1, 'is empty; write an address or remove the entry')
    .optional()
    .meta({ description: 'For these agents, whatever their tier.', examples: [['trainee@northwind.test']] }),
  role: z
    .enum(['agent', 'admin'])
    .optional()
    .meta({ description: 'For everybody with this role in Zendesk, whatever their tier.', examples: ['admin'] }),
};

export const ONE_OF = [{ required: ['tier'] }, { required: ['agents'] }, { required: ['role'] }];
