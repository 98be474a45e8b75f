// Opens the sidebar as an agent of the local Zendesk does.
import type { Session, TicketCard } from '@deskwright/shared/contract';
import type { Harness } from './start-harness.ts';

/** A package with nothing but what is signed and where it opens. */
export async function installSidebar({ apps, account }: Harness['zendesk'], serviceUrl: string): Promise<number> {
  const manifest = {
    name: 'Deskwright',
    author: { name: 'Northwind', email: 'it@northwind.test' },
    version: '1.0.0',
    frameworkVersion: '2.0',
    defaultLocale: 'en',
    signedUrls: true,
    location: { support: { ticket_sidebar: `${serviceUrl}/app/sidebar` } },
  };
  const files = {
    'manifest.json': JSON.stringify(manifest),
    'translations/en.json': '{"app":{"name":"Deskwright"}}',
    'assets/logo.png': 'png',
    'assets/logo-small.png': 'png',
  };
  const encoded = Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
  const app = await apps.create(apps.upload(new Map(encoded)).id, undefined, account.ownerId);
  if (!app.ok) throw new Error(JSON.stringify(app.refusal));
  const installed = apps.install(app.value.id, 'support', { settings: {} });
  if (!installed.ok) throw new Error(JSON.stringify(installed.refusal));
  return app.value.id;
}

/** As the workspace does when an agent opens a ticket. */
async function openSidebar(harness: Harness, email: string): Promise<Response> {
  const { apps, account } = harness.zendesk;
  const agent = account.users.list().find((user) => user.email === email)!;
  const frame = apps.at('ticket_sidebar', agent)[0]!;
  const token = await apps.sign(frame, agent, { product: 'support', location: 'ticket_sidebar' });
  return fetch(`${frame.url}?origin=${harness.zendesk.url}&app_guid=g`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
  });
}

const MOST_RELOADS = 60;

/** `call` answers with the session's rights. */
export async function signIn(harness: Harness, email: string) {
  let page = await openSidebar(harness, email);
  // "Reload the page in a moment": on a busy machine Zendesk may answer too late.
  for (let tries = 0; page.status === 503 && tries < MOST_RELOADS; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    page = await openSidebar(harness, email);
  }
  const html = await page.text();
  const json = /id="deskwright-session">(.*?)<\/script>/s.exec(html)?.[1];
  if (json === undefined) throw new Error(html);
  const session = JSON.parse(json) as Session;
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${harness.serviceUrl}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${session.accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as TicketCard };
  };
  return { session, call };
}
