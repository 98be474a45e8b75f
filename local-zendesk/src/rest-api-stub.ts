// What answers until the REST API is plugged in?
import { Router } from 'express';

/** Zendesk's answer to an unknown path. */
export function createRestApi(_deps: object): Router {
  const router = Router();
  router.use(
    (_request, response) => void response.status(404).json({ error: 'InvalidEndpoint', description: 'Not found' }),
  );
  return router;
}
