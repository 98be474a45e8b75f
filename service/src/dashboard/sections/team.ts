// Reads the figures of single agents, for those who may see them.
import type { AgentRow, FigureId, FigureValue, Team } from '@deskwright/shared/contract';
import { inArray } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { type FigureFilters, type FigureQuery, readBreakdown, readFigures } from '../../history/index.ts';
import type { Agent, PageDeps } from '../../sidebar/index.ts';
import { type Asked, askedPeriods } from '../api/dashboard-query.ts';
import { type LedTier, leadsOf, type Viewer } from '../api/viewer.ts';
import type { SectionDeps } from '../section-deps.ts';

const FIGURES = [
  'solves',
  'first_reply_time',
  'next_reply_time',
  'replies_within_target',
  'one_touch_rate',
  'reopen_rate',
  'csat',
  'overtake_rate',
] as const satisfies readonly FigureId[];

type TeamDeps = SectionDeps & Pick<PageDeps, 'findAgent'>;

/** Admins see every agent, leads those of their tiers' groups with what they did in these tiers, and everybody themselves. */
export async function readTeam(deps: TeamDeps, asked: Asked, viewer: Agent): Promise<Team> {
  const { db, clock } = deps;
  const { policy } = deps.policy.current();
  const query = askedPeriods(asked, policy.time_zone, clock());
  const own = {
    id: viewer.id,
    name: viewer.name,
    figures: await readFigures(db, { ...query, agent: viewer.id }, FIGURES),
  };
  const leads = leadsOf(viewer, policy);
  if (leads === 'none') return { agents: [rowOf(own, viewer)], onlyYou: true };
  const done = await readBreakdown(db, query, FIGURES, 'agent');
  const ids = [...done.keys()].map(Number).filter((id) => id > 0 && id !== viewer.id);
  const others = leads === 'all' ? await namedAgents(deps, ids) : await agentsIn(deps, ids, leads);
  const figures = leads === 'all' ? done : await figuresInTiers(deps, query, leads);
  const none = await readFigures(db, { from: query.from, to: query.from }, FIGURES);
  const rows = others
    .map(({ id, name }) => ({ id, name, figures: figures.get(String(id)) ?? none }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return { agents: [own, ...rows].map((agent) => rowOf(agent, viewer)), onlyYou: false };
}

/** Limits figures to what the viewer may see of the agent, as `readTeam` shows it. Null: nothing. */
export async function filtersOfAgent(
  deps: TeamDeps,
  viewer: Viewer,
  agent: number,
): Promise<Pick<FigureFilters, 'agent' | 'tiers'> | null> {
  if (viewer.kind === 'wall') return null;
  const leads = leadsOf(viewer.agent, deps.policy.current().policy);
  if (agent === viewer.agent.id || leads === 'all') return { agent };
  if (leads === 'none' || (await agentsIn(deps, [agent], leads)).length === 0) return null;
  return { agent, tiers: leads.map(({ id }) => id) };
}

interface Named {
  readonly id: number;
  readonly name: string;
}

const rowOf = ({ id, name, figures }: Named & { figures: readonly FigureValue[] }, viewer: Agent): AgentRow => ({
  agentId: id,
  name,
  isYou: id === viewer.id,
  figures,
});

/** Also those who have left. */
async function namedAgents({ db }: TeamDeps, ids: readonly number[]): Promise<Named[]> {
  if (ids.length === 0) return [];
  const { id, name } = people;
  return db
    .select({ id, name })
    .from(people)
    .where(inArray(id, [...ids]));
}

/** What was done in other tiers is none of theirs: an agent may be in the groups of several. */
const figuresInTiers = ({ db }: TeamDeps, query: FigureQuery, tiers: readonly LedTier[]) =>
  readBreakdown(db, { ...query, tiers: tiers.map(({ id }) => id) }, FIGURES, 'agent');

/** As Zendesk has the groups now. */
async function agentsIn(deps: TeamDeps, ids: readonly number[], tiers: readonly LedTier[]): Promise<Named[]> {
  const led = tiers.flatMap(({ group }) => deps.directory.current()?.groupId(group) ?? []);
  const found = await Promise.all(ids.map((id) => deps.findAgent(id)));
  return found.flatMap((each) =>
    each.kind === 'agent' && each.agent.groupIds.some((group) => led.includes(group)) ? [each.agent] : [],
  );
}
