// Lets admins and leads say that they have looked into an alarm, which takes it off the dashboard.
import express, { type Router } from 'express';
import { acknowledgeAlarm } from '../../alerts/index.ts';
import type { Database } from '../../platform/storage/database.ts';
import { sendRefusal } from '../../sidebar/index.ts';
import type { SectionDeps } from '../section-deps.ts';
import { rowNumber } from './link-routes.ts';
import { agentOf, rightsOf, viewerOf } from './viewer.ts';

/** Mount it at `/alarms`, behind `requireNoWall`. */
export function alarmRoutes({ db, policy, clock }: Pick<SectionDeps, 'policy' | 'clock'> & { db: Database }): Router {
  const router = express.Router({ caseSensitive: true });
  router.post('/:id/acknowledge', async (request, response) => {
    const viewer = viewerOf(response);
    if (!rightsOf(viewer, policy.current().policy).may.seeAgents)
      return sendRefusal(response, 'forbidden', 'Only admins and leads acknowledge alarms.');
    const id = rowNumber.safeParse(request.params.id);
    if (!id.success) return sendRefusal(response, 'bad_request', '"id" is not the number of an alarm.');
    const { email, name } = agentOf(viewer);
    const isOff = await acknowledgeAlarm(db, { id: id.data, who: email ?? name, at: new Date(clock()) });
    if (!isOff)
      return sendRefusal(response, 'not_found', 'No such alarm is on; perhaps somebody else has acknowledged it.');
    response.status(204).end();
  });
  return router;
}
