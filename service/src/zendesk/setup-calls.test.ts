import { readAccountSetup } from './setup-calls.ts';
import { ZendeskError } from './zendesk.ts';

/** Answers each list with one empty page, save those given. */
const transportOf =
  (answers: Readonly<Record<string, unknown>>, asked: string[] = []) =>
  async (_method: string, path: string) => {
    asked.push(path);
    const [route = ''] = path.split('?');
    const key = route.split('/').at(-2) === 'v2' ? (route.split('/').at(-1) ?? '') : (route.split('/').at(-2) ?? '');
    const answer = answers[path] ?? answers[route] ?? { [key]: [] };
    if (answer instanceof Error) throw answer;
    return { status: 200, headers: new Headers(), body: answer } as never;
  };

describe('readAccountSetup', () => {
  it('reads pages by cursor and by number, and whom rules name', async () => {
    const asked: string[] = [];
    const setup = await readAccountSetup(
      transportOf(
        {
          '/api/v2/triggers?page[size]=100': {
            triggers: [
              {
                conditions: {
                  all: [
                    { field: 'assignee_id', operator: 'is', value: '7' },
                    { field: 'organization_id', value: 8 },
                  ],
                },
              },
            ],
            meta: { has_more: true },
            links: { next: 'https://elsewhere.test/api/v2/triggers?page[after]=x' },
          },
          '/api/v2/triggers?page[after]=x': {
            triggers: [null],
            meta: { has_more: false },
            links: { next: 'https://x.test/again' },
          },
          '/api/v2/ticket_forms?page[size]=100': {
            ticket_forms: [1],
            next_page: 'https://acme.test/api/v2/ticket_forms?page=2',
          },
          '/api/v2/ticket_forms?page=2': { ticket_forms: [2], next_page: null },
        },
        asked,
      ),
    );

    expect(setup.triggers).toHaveLength(2);
    expect(setup.forms).toEqual([1, 2]);
    expect(asked).toEqual(
      expect.arrayContaining(['/api/v2/users/show_many?ids=7', '/api/v2/organizations/show_many?ids=8']),
    );
  });

  it('names lists that the account refuses, and goes on', async () => {
    const setup = await readAccountSetup(
      transportOf({
        '/api/v2/audit_logs': new ZendeskError('forbidden', 'not in this plan', 403),
        '/api/v2/brands': new ZendeskError('not_found', 'no brands', 404),
      }),
    );

    expect(setup.unread.map(({ list }) => list)).toEqual(['brands', 'log of changes']);
    expect(setup.ruleChanges).toBeNull();
  });

  it.each([
    ['a revoked token', new ZendeskError('forbidden', 'the token was revoked', 401)],
    ['an outage', new ZendeskError('unavailable', 'Zendesk answered 500', 500)],
    ['a spent limit', new ZendeskError('busy', 'too many calls', 429)],
  ])('says where it stopped at %s', async (_, error) => {
    await expect(readAccountSetup(transportOf({ '/api/v2/views': error }))).rejects.toThrow(
      `Stopped while reading the views: ${error.message}. Nothing was written`,
    );
  });
});
