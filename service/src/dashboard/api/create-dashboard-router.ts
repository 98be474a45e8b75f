// Routes the dashboard's API.
import type { DashboardQuery } from '@deskwright/shared/contract';
import express, { type Request, type Response, type Router } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import { acknowledgeAlarm } from '../../alerts/index.ts';
import type { Database } from '../../platform/storage/database.ts';
import { answerFailures, sendRefusal } from '../../sidebar/index.ts';
import { shownChoices, showOverview } from '../overview/overview.ts';
import type { SectionDeps } from '../section-deps.ts';
import { readAskedTickets } from '../sections/asked-tickets.ts';
import { readAtRiskCustomers } from '../sections/at-risk.ts';
import { readSection } from '../sections/read-section.ts';
import { readTeam } from '../sections/team.ts';
import { readTickets } from '../sections/tickets.ts';
import { exportCsv } from './csv-route.ts';
import {
  type DashboardApiDeps,
  type DashboardLimits,
  SHARED_SECTIONS,
  type SharedSection,
} from './dashboard-api-deps.ts';
import { type Asked, type AskedOptions, readAsked } from './dashboard-query.ts';
import { idParam, linkRoutes } from './link-routes.ts';
import { agentOf, requireNoWall, requireViewer, rightsOf, viewerOf } from './viewer.ts';

const LIMITS: DashboardLimits = { perViewer: 240, refusedPerIp: 600 };

/** The routes of `@deskwright/shared/contract`, `dashboard.ts`. Mount it at `/api/dashboard`; every refusal is an `ApiRefusal`. */
export function createDashboardRouter(deps: DashboardApiDeps): Router {
  const limits = { ...LIMITS, ...deps.limits };
  const busy = (_request: Request, response: Response) =>
    sendRefusal(response, 'too_many_requests', 'Too many calls in one minute; try again shortly.');
  const common = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false, handler: busy } as const;
  const router = express.Router({ caseSensitive: true });
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  const refusals = new MemoryStore();
  router.use(
    rateLimit({
      ...common,
      identifier: 'ip',
      limit: limits.refusedPerIp,
      skipSuccessfulRequests: true,
      keyGenerator: addressOf,
      store: refusals,
    }),
  );
  router.use(requireViewer({ ...deps, db: deps.links }));
  router.use(
    rateLimit({
      ...common,
      identifier: 'viewer',
      limit: limits.perViewer,
      keyGenerator: (_request, response) => keyOf(response),
    }),
  );

  /** The question, or null if it was refused. */
  async function ask(request: Request, response: Response, options?: AskedOptions): Promise<Asked | null> {
    const zone = deps.policy.current().policy.time_zone;
    const choices = shownChoices(await deps.choices(), rights(response));
    const read = readAsked(request.query satisfies DashboardQuery, choices, zone, options);
    if (read.ok) return read.asked;
    sendRefusal(response, 'bad_request', read.message);
    return null;
  }
  const rights = (response: Response) => rightsOf(viewerOf(response), deps.policy.current().policy);

  router.get('/', async (request, response) => {
    const asked = await ask(request, response);
    if (asked) response.json(showOverview(await deps.overviews.get(asked), rights(response)));
  });
  router.get('/live', async (request, response) => {
    const asked = await ask(request, response);
    // A page closed meanwhile has already emitted "close": following for it would never end.
    if (!asked || response.destroyed) return;
    deps.streams.follow(response, asked, viewerOf(response));
    // Only what has finished is taken for no refusal, and a stream does not finish.
    if (response.statusCode < 400) await refusals.decrement(addressOf(request));
  });
  for (const name of Object.keys(SHARED_SECTIONS) as SharedSection[])
    router.get(`/${name}`, async (request, response) => {
      const asked = await ask(request, response);
      if (asked) response.json(await readSection(deps, name, asked, viewerOf(response)));
    });
  router.get('/tickets', async (request, response) => {
    const tickets = readAskedTickets(request.query);
    if (!tickets.ok) return sendRefusal(response, 'bad_request', tickets.message);
    const asked = await ask(request, response, { anyPlace: true });
    if (!asked) return;
    const answer = await deps.turns(() => readTickets(deps, asked, tickets.asked, viewerOf(response)));
    if (answer.ok) response.json(answer.tickets);
    else sendRefusal(response, answer.refusal, answer.message);
  });
  router.get('/export.csv', exportCsv(deps, ask));
  router.get('/team', requireNoWall, async (request, response) => {
    const asked = await ask(request, response);
    if (asked) response.json(await deps.turns(() => readTeam(deps, asked, agentOf(viewerOf(response)))));
  });
  router.get('/at-risk', requireNoWall, async (_request, response) => {
    response.json(await deps.turns(() => readAtRiskCustomers(deps, agentOf(viewerOf(response)))));
  });
  router.use('/alarms', requireNoWall, alarmRoutes({ ...deps, db: deps.links }));
  router.use('/links', linkRoutes({ ...deps, db: deps.links }));
  router.use((_request, response) => sendRefusal(response, 'not_found', 'There is no page at this address.'));
  router.use(answerFailures(deps.logger, 'dashboard'));
  return router;
}

const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '');

function keyOf(response: Response): string {
  const viewer = viewerOf(response);
  return viewer.kind === 'wall' ? `wall ${viewer.linkId}` : `agent ${viewer.agent.id}`;
}

/** Mount it at `/alarms`, behind `requireNoWall`. */
function alarmRoutes({ db, policy, clock }: Pick<SectionDeps, 'policy' | 'clock'> & { db: Database }): Router {
  const router = express.Router({ caseSensitive: true });
  router.post('/:id/acknowledge', async (request, response) => {
    const viewer = viewerOf(response);
    if (!rightsOf(viewer, policy.current().policy).may.seeAgents)
      return sendRefusal(response, 'forbidden', 'Only admins and leads acknowledge alarms.');
    const id = idParam.safeParse(request.params.id);
    if (!id.success) return sendRefusal(response, 'bad_request', '"id" is not the number of an alarm.');
    const { email, name } = agentOf(viewer);
    const isOff = await acknowledgeAlarm(db, { id: id.data, who: email ?? name, at: new Date(clock()) });
    if (!isOff)
      return sendRefusal(response, 'not_found', 'No such alarm is on; perhaps somebody else has acknowledged it.');
    response.status(204).end();
  });
  return router;
}
