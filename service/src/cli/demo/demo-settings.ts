// Keeps the settings of a demo for commands that run beside it, such as `doctor`.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const FILE = 'settings.json';
const saved = z.record(z.string(), z.string());

/** @param settings as environment variables; they open nothing but the demo */
export const saveDemoSettings = (
  dataDir: string,
  settings: Readonly<Record<string, string | undefined>>,
): Promise<void> => writeFile(join(dataDir, FILE), JSON.stringify(settings, null, 2), { mode: 0o600 });

/** Empty where no demo has run, or one of another Zendesk. */
export async function readDemoSettings(dataDir: string, zendeskUrl: string): Promise<Record<string, string>> {
  const text = await readFile(join(dataDir, FILE), 'utf8').catch(() => '{}');
  const { data } = saved.safeParse(JSON.parse(text));
  return data?.['ZENDESK_BASE_URL'] === zendeskUrl ? data : {};
}
