// Serves the metrics to Prometheus.
import { Router } from 'express';
import type { Registry } from 'prom-client';

export function createMetricsRouter(registry: Registry): Router {
  const router = Router();
  router.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
