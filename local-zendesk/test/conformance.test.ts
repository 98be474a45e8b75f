// Checks answers and accepted requests against Zendesk's OpenAPI description.
import { existsSync } from 'node:fs';
import { createRoutes } from '../src/http/all-routes.ts';
import { anApi } from '../src/http/testing/an-api.ts';
import { buildConformanceAccount } from './conformance-account.ts';
import type { ConformanceCall } from './conformance-call.ts';
import { conformanceCalls } from './conformance-calls.ts';
import { type Description, readDescription } from './conformance-description.ts';
import { EXCEPTIONS, type Exception, NOT_IN_THE_DESCRIPTION } from './conformance-exceptions.ts';
import { checkSchema, findUndescribed, type Mismatch } from './conformance-schema.ts';

// The file is Zendesk's and cannot be part of this repository; without it these tests are shown as skipped.
const FILE = new URL('../../../shared/zendesk-oas/support-oas.yaml', import.meta.url);
const whenThere = existsSync(FILE) ? describe : describe.skip;

interface Finding extends Mismatch {
  operationId: string;
  in: 'request' | 'answer';
}

interface Walk {
  findings: Finding[];
  /** Operations which were called. */
  called: Set<string>;
  undescribedCalls: string[];
}

async function walk(description: Description): Promise<Walk> {
  const api = anApi();
  const result: Walk = { findings: [], called: new Set(), undescribedCalls: [] };

  const examine = async ({ method, path, body }: ConformanceCall): Promise<void> => {
    const operation = description.find(method, `/api/v2${path.split('?')[0] ?? ''}`);
    const reply = await api.as(method, path, body);
    if (operation === undefined) return void result.undescribedCalls.push(`${method} ${path}`);
    const { operationId, requestSchema, responses } = operation;
    result.called.add(operationId);
    const add = (where: Finding['in'], mismatches: readonly Mismatch[]): void => {
      result.findings.push(...mismatches.map((mismatch) => ({ ...mismatch, operationId, in: where })));
    };
    if (body !== undefined && requestSchema !== undefined) {
      add('request', checkSchema(requestSchema, body, '', description.resolve));
    }
    if (!responses.has(String(reply.status))) {
      const problem = `answered ${reply.status}: ${JSON.stringify(reply.body)}`;
      return add('answer', [{ path: '', problem }]);
    }
    const schema = responses.get(String(reply.status));
    if (schema === undefined) return;
    add('answer', checkSchema(schema, reply.body, '', description.resolve));
    add('answer', findUndescribed(schema, reply.body, '', description.resolve));
  };

  const account = buildConformanceAccount(api);
  for (const call of conformanceCalls(account, api.group.id)) await examine(call);
  const job = await api.as('put', '/tickets/update_many?ids=5', { ticket: { priority: 'low' } });
  const jobId = (job.body as { job_status?: { id: string } }).job_status?.id;
  if (jobId !== undefined) await examine({ method: 'get', path: `/job_statuses/${jobId}` });
  await examine({ method: 'delete', path: '/oauth/tokens/current' });
  return result;
}

const covers = (exception: Exception, finding: Finding): boolean =>
  (exception.operations === 'every' || exception.operations.includes(finding.operationId)) &&
  (exception.in ?? 'answer') === finding.in &&
  exception.path.test(finding.path) &&
  exception.problem.test(finding.problem);

whenThere('with ../shared/zendesk-oas/support-oas.yaml', () => {
  let description: Description;
  let walked: Walk;
  beforeAll(async () => {
    description = readDescription(FILE);
    walked = await walk(description);
  });

  it('every answer and every accepted request is as described, except for the listed faults', () => {
    const unexcused = walked.findings.filter((finding) => !EXCEPTIONS.some((exception) => covers(exception, finding)));
    const lines = unexcused.map((one) => `${one.operationId} (${one.in}) ${one.path} ${one.problem}`);
    expect([...new Set(lines)]).toEqual([]);
  });

  it('every listed fault still exists', () => {
    const idle = EXCEPTIONS.filter((exception) => !walked.findings.some((finding) => covers(exception, finding)));
    expect(idle.map((exception) => exception.reason)).toEqual([]);
  });

  it('every described operation that is implemented is called', () => {
    const uncalled = createRoutes().flatMap(({ method, path }) => {
      const operation = description.find(method, `/api/v2${path.replace(/:\w+/g, '1')}`);
      return operation !== undefined && !walked.called.has(operation.operationId) ? [`${method} ${path}`] : [];
    });
    expect(uncalled).toEqual([]);
  });

  it('every operation beyond the description is listed with a reason', () => {
    const beyond = createRoutes().filter(
      ({ method, path }) => description.find(method, `/api/v2${path.replace(/:\w+/g, '1')}`) === undefined,
    );
    const unexplained = beyond.filter(({ path }) => !NOT_IN_THE_DESCRIPTION.some((one) => one.path.test(path)));
    expect(unexplained.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(walked.undescribedCalls).toEqual([]);
  });

  it('the OAuth endpoint answers as described', async () => {
    const { grant } = anApi();
    const credentials = { grant_type: 'client_credentials', client_id: 'deskwright', client_secret: 'secret' };
    const reply = await grant(credentials);
    const schema = description.find('post', '/oauth/tokens')?.responses.get(String(reply.status));
    expect(schema && checkSchema(schema, reply.body, '', description.resolve)).toEqual([]);
  });
});
