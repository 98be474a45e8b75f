import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDemoSettings, saveDemoSettings } from './demo-settings.ts';

test('commands read the settings of the demo that they run beside, and of no other Zendesk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deskwright-demo-settings-'));
  const settings = { ZENDESK_BASE_URL: 'http://127.0.0.1:4601', PUBLIC_URL: 'http://127.0.0.1:8080' };
  expect(await readDemoSettings(folder, 'http://127.0.0.1:4601')).toEqual({});
  await saveDemoSettings(folder, settings);
  expect(await readDemoSettings(folder, 'http://127.0.0.1:4601')).toEqual(settings);
  expect(await readDemoSettings(folder, 'http://127.0.0.1:4602')).toEqual({});
  await rm(folder, { recursive: true });
});
