// Reads the addresses that the local Zendesk prints when it is ready.
import { z } from 'zod';

const readyLine = z.object({
  url: z.url(),
  smtpUrl: z.string(),
  apps: z.array(z.object({ id: z.number() })).default([]),
});

export interface ZendeskAddresses {
  url: string;
  smtpUrl: string;
  /** Of the app it installed; null when it installed none. */
  appId: number | null;
}

/** From a line it prints; null for every other line. */
export function readAddresses(line: string): ZendeskAddresses | null {
  if (!line.startsWith('{')) return null;
  const parsed = readyLine.safeParse(JSON.parse(line));
  if (!parsed.success) return null;
  const { url, smtpUrl, apps } = parsed.data;
  return { url, smtpUrl, appId: apps[0]?.id ?? null };
}
