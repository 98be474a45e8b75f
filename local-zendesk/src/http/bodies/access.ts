// Validates request bodies of webhooks and OAuth tokens.
import { z } from 'zod';
import { id, text } from './common.ts';

const webhook = z.object({
  name: text.optional(),
  description: text.nullable().optional(),
  status: z.enum(['active', 'inactive']).optional(),
  endpoint: text.optional(),
  http_method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  request_format: z.enum(['json', 'xml', 'form_encoded']).optional(),
  subscriptions: z.array(text).optional(),
  authentication: z
    .object({
      type: z.enum(['bearer_token', 'basic_auth', 'api_key']),
      data: z.record(text, text),
      add_position: z.literal('header').default('header'),
    })
    .nullable()
    .optional(),
  custom_headers: z.record(text, text).nullable().optional(),
});

export const webhookBody = z.object({ webhook });
export const webhookTestBody = z.object({
  request: z
    .object({
      endpoint: text.optional(),
      http_method: webhook.shape.http_method,
      request_format: webhook.shape.request_format,
      payload: text.optional(),
      authentication: webhook.shape.authentication,
      custom_headers: webhook.shape.custom_headers,
    })
    .default({}),
});

export const tokenBody = z.object({ token: z.object({ client_id: id, scopes: z.array(text) }) });

export const clientBody = z.object({
  client: z.object({ name: text.optional(), identifier: text, user_id: id.optional() }),
});

export const grantBody = z.object({
  grant_type: text,
  client_id: text.optional(),
  client_secret: text.optional(),
  scope: text.optional(),
  refresh_token: text.optional(),
  expires_in: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).optional(),
});
