// Validates the secrets of Zendesk's webhook in the environment.
import { z } from 'zod';

/** The current secret first, then the previous one, which stays valid while the secret is being changed. */
export const WEBHOOK_SECRETS = z
  .object({
    ZENDESK_WEBHOOK_SECRET: z.string(
      'ZENDESK_WEBHOOK_SECRET is not set; without it, requests from Zendesk cannot be verified. In Zendesk: Admin Center > Apps and integrations > Webhooks > your webhook > "Reveal secret" (or GET /api/v2/webhooks/<id>/signing_secret), then set it.',
    ),
    ZENDESK_WEBHOOK_SECRET_PREVIOUS: z.string().optional(),
  })
  .transform(({ ZENDESK_WEBHOOK_SECRET: current, ZENDESK_WEBHOOK_SECRET_PREVIOUS: previous }): readonly string[] =>
    previous === undefined ? [current] : [current, previous],
  );
