import { checkApp, type WantedApp } from './check-app.ts';
import { makePlan } from './make-plan.ts';
import { aPolicy, type ProvisionFixture, startProvisionFixture } from './testing/provision-fixture.ts';

let fixture: ProvisionFixture;
beforeAll(async () => {
  fixture = await startProvisionFixture();
});
afterAll(() => fixture.stop());

const SERVICE = 'https://desk.example.com';
const files = (version: string) =>
  new Map(
    Object.entries({
      'manifest.json': JSON.stringify({
        name: 'Deskwright',
        author: { name: 'Northwind', email: 'it@northwind.test' },
        version,
        frameworkVersion: '2.0',
        defaultLocale: 'en',
        private: true,
        location: { support: { ticket_sidebar: 'https://desk.example.com/sidebar' } },
        parameters: [{ name: 'service_url', type: 'text', required: true }],
      }),
      'translations/en.json': JSON.stringify({
        app: { name: 'Deskwright', parameters: { service_url: { label: 'Address' } } },
      }),
    }).map(([path, text]) => [path, new TextEncoder().encode(text)]),
  );
const check = async (wanted: Partial<WantedApp>) => {
  const problems = await checkApp(fixture.deps.objects, {
    appId: null,
    version: '2.0.0',
    serviceUrl: SERVICE,
    ...wanted,
  });
  return problems.map(({ level, message }) => `${level}: ${message}`);
};

test('the app is compared: installed, switched on, its address and its version; the plan says what a person does', async () => {
  const { apps, account } = fixture.zendesk;
  expect(await check({})).toEqual(['failed: The sidebar app is not installed.']);
  const app = { appId: null, version: '2.0.0', serviceUrl: SERVICE };
  const plan = await makePlan({ ...fixture.deps, app }, { policy: aPolicy(), hash: 'h', guidance: new Map() });
  expect(plan.notices).toMatchObject([
    { key: 'app', level: 'attention', message: expect.stringContaining('@zendesk/zcli@1.0.1 apps:create') },
  ]);

  const made = await apps.create(apps.upload(files('1.0.0')).id, undefined, account.ownerId);
  if (!made.ok) throw new Error(JSON.stringify(made));
  const appId = made.value.id;
  const installed = apps.install(appId, 'support', { settings: { service_url: 'https://old.example.com' } });
  if (!installed.ok) throw new Error(JSON.stringify(installed));
  apps.updateInstallation(installed.value.id, { enabled: false });

  expect(await check({ appId })).toEqual([
    `failed: The app ${appId} is installed and switched off.`,
    `failed: The app ${appId} has https://old.example.com as the service's address, not ${SERVICE}.`,
    `warning: The app ${appId} is of version 1.0.0, and 2.0.0 was built.`,
  ]);

  apps.updateInstallation(installed.value.id, { enabled: true, settings: { service_url: `${SERVICE}/` } });
  expect(await check({ appId, version: '1.0.0' })).toEqual([]);
  expect(await check({ version: null })).toEqual([
    `failed: The app ${appId} is installed, and ZENDESK_APP_ID is not set.`,
  ]);
  expect(await check({ serviceUrl: null })).toEqual([
    'warning: Whether the sidebar app is installed is not known: neither ZENDESK_APP_ID nor PUBLIC_URL is set.',
  ]);
  expect(await check({ appId: appId + 1 })).toEqual([`failed: The app ${appId + 1} is not installed.`]);
});
