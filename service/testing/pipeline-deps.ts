// Builds what the pipeline needs, around a real database and a Zendesk that answers only what a test gives it.
import { readFileSync } from 'node:fs';
import { loadPolicy } from '@deskwright/shared';
import { erasingHooks } from '../src/app/features.ts';
import { compilePolicy } from '../src/decide/compile-policy.ts';
import type { Directory, Person } from '../src/directory/directory.ts';
import { historyTicketHook } from '../src/history/record/record-history.ts';
import type { Database } from '../src/platform/storage/database.ts';
import { surveyTicketHook } from '../src/surveys/schedule-invitation.ts';
import type { PipelineDeps } from '../src/tickets/process/deps.ts';
import type { Zendesk } from '../src/zendesk/zendesk.ts';

export const ME = 1;
export const AGENT = 2;
export const GROUPS: Record<string, number> = { 'Support Tier 1': 11, 'Support Tier 2': 12, 'Engineering Support': 13 };

const NOW = Date.parse('2025-01-08T11:30:00Z');

const quiet = () => undefined;
export const silentLogger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => silentLogger };

/** A Zendesk whose every call fails the test, but for those given: proves which reads are made. */
export function aZendesk(calls: Partial<Zendesk> = {}): Zendesk {
  return new Proxy({ isEndpointDown: async () => false, scarceMs: () => 0, ...calls } as Zendesk, {
    get: (target, name) =>
      Reflect.get(target, name) ??
      (() => {
        throw new Error(`Unexpected call of Zendesk: ${String(name)}`);
      }),
  });
}

const POLICY = `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers:
  - { id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }
  - { id: t2, name: Tier 2, group: Support Tier 2 }
categories:
  - { id: refunds, name: Refund, tier: t1, survey: ces }
  - { id: bug, name: Bug, tier: t2 }
  - { id: other, name: Other, tier: t1 }
default_category: other
zendesk: { decision_note: true }
triggers:
  - id: money-back
    title: Asks for money back
    conditions: { any: [{ field: text, operator: includes_any, value: [refund, money back] }] }
    actions: { category: refunds, priority: high, add_tags: [money] }
  - id: broken
    title: Something is broken
    conditions: { any: [{ field: text, operator: includes_any, value: [crashes, error] }] }
    actions: { category: bug }
surveys:
  csat: { delay: 24h, expires: 14d }
  ces: { delay: 2h, expires: 14d }
`;

/** Read and compiled once: most of what a fixture costs. Nothing changes a policy in force. */
let inForce: ReturnType<typeof aPolicyInForce> | null = null;

function aPolicyInForce() {
  const loaded = loadPolicy(POLICY, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { policy: loaded.policy, compiled: compilePolicy(loaded.policy), hash: loaded.hash };
}

export function examplePolicyText(): string {
  return readFileSync(new URL('../../config/deskwright.yaml', import.meta.url), 'utf8');
}

function aDirectory(people: Person[] = []): Directory {
  const names = new Map(Object.entries(GROUPS).map(([name, id]) => [id, name]));
  return {
    me: () => ME,
    isAgent: (id) => id === AGENT || id === ME,
    groupId: (name) => GROUPS[name] ?? null,
    hasRead: () => true,
    nameOf: (kind, id) => (kind === 'group' && id !== null ? (names.get(id) ?? null) : null),
    emailOfAgent: (id) => (id === AGENT ? 'lena@northwind.test' : null),
    names: () => ({ groups: Object.keys(GROUPS), agentEmails: ['lena@northwind.test'], brands: null }),
    person: async (id) => people.find((person) => person.id === id) ?? null,
    refresh: async () => undefined,
  };
}

export function pipelineDeps(db: Database, part: Partial<PipelineDeps> = {}): PipelineDeps {
  const policy = (inForce ??= aPolicyInForce());
  return {
    db,
    zendesk: aZendesk(),
    directory: aDirectory(),
    policy: { current: () => policy },
    clock: () => NOW,
    logger: silentLogger,
    hooks: [historyTicketHook({ clock: part.clock ?? (() => NOW) }), surveyTicketHook(null), ...erasingHooks()],
    ...part,
  };
}
