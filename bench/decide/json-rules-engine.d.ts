// Declares the types of `json-rules-engine.js`.
import type { Policy, TicketFacts } from '@deskwright/shared';

export declare function buildRival(
  policy: Policy,
  tools: object,
): (facts: TicketFacts) => Promise<{ category: string; priority: string | null; tags: readonly string[] }>;
