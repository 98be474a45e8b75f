// Validates request bodies of apps and installations.
import { z } from 'zod';
import { flag, id, text } from './common.ts';

export const appBody = z.object({ upload_id: id, name: text.optional() });
export const appUpdateBody = z.object({ upload_id: id });

const installation = z.object({
  settings: z.record(z.string(), z.unknown()).optional(),
  enabled: flag.optional(),
  group_restrictions: z.array(id).nullable().optional(),
  role_restrictions: z.array(id).nullable().optional(),
});
export const installationBody = installation.extend({ app_id: id });
export const installationUpdateBody = installation;
