// Routes for validating, uploading, creating, updating and deleting apps.
import type { Result } from '../../account/result.ts';
import type { App } from '../../apps/app.ts';
import { type PackageReading, readZip } from '../../apps/package/read-package.ts';
import { validatePackage } from '../../apps/validation/validate-package.ts';
import { appBody, appUpdateBody } from '../bodies/apps.ts';
import { withBody } from '../bodies/parse-body.ts';
import type { Call, Reply, Route } from '../call.ts';
import type { AppJobOutcome } from '../jobs/app-jobs.ts';
import { idParam } from '../params.ts';
import { created, failed, noContent, notFound, ok, replyTo } from '../replies.ts';
import { showApp } from '../shapes/app.ts';

async function readSent(call: Call, field: string): Promise<PackageReading> {
  const upload = await call.upload(field);
  return upload.ok ? readZip(upload.bytes) : upload;
}

const refusePackage = (problems: readonly string[]): Reply => failed(422, 'RecordInvalid', problems.join('\n'));

async function validate(call: Call): Promise<Reply> {
  const sent = await readSent(call, 'file');
  const problems = sent.ok ? validatePackage(sent.files).problems : [sent.problem];
  return problems.length === 0 ? ok({}) : refusePackage(problems);
}

async function upload(call: Call): Promise<Reply> {
  const sent = await readSent(call, 'uploaded_data');
  return sent.ok ? created({ id: call.apps.upload(sent.files).id }) : refusePackage([sent.problem]);
}

/** The package of the upload is checked in the job: the job's message says what is wrong with it. */
function startBuild(call: Call, uploadId: number, build: () => Promise<Result<App>> | Result<App>): Reply {
  const job = call.appJobs.start(async (): Promise<AppJobOutcome> => {
    const waiting = call.apps.findUpload(uploadId);
    const problems = waiting === undefined ? [] : validatePackage(waiting.files).problems;
    if (problems.length > 0) return { ok: false, message: problems.join('\n') };
    const built = await build();
    return built.ok ? { ok: true, appId: built.value.id } : { ok: false, message: JSON.stringify(built.refusal) };
  });
  return ok({ job_id: job.id });
}

export const create = (call: Call): Reply | Promise<Reply> =>
  withBody(call, appBody, ({ upload_id, name }) =>
    startBuild(call, upload_id, () => call.apps.create(upload_id, name, call.by.id)),
  );

function update(call: Call): Reply | Promise<Reply> {
  const id = idParam(call);
  if (call.apps.find(id) === undefined) return notFound();
  return withBody(call, appUpdateBody, ({ upload_id }) =>
    startBuild(call, upload_id, () => call.apps.update(id, upload_id)),
  );
}

function showJob(call: Call): Reply {
  const job = call.appJobs.find(call.params['id'] ?? '');
  return job === undefined ? notFound() : ok(job);
}

function show(call: Call): Reply {
  const app = call.apps.find(idParam(call));
  return app === undefined ? notFound() : ok(showApp(app));
}

function showKey(call: Call): Reply {
  const key = call.apps.key(idParam(call));
  return key === undefined
    ? notFound()
    : { status: 200, text: { type: 'application/x-pem-file', content: key.publicPem } };
}

const list = (call: Call): Reply => ok({ apps: call.apps.list().map(showApp) });

const common = { scope: 'apps', role: 'admin' } as const;

export const appRoutes: readonly Route[] = [
  { ...common, method: 'post', path: '/apps/validate', handle: validate },
  { ...common, method: 'post', path: '/apps/uploads', handle: upload },
  { ...common, method: 'get', path: '/apps/job_statuses/:id', handle: showJob },
  { ...common, method: 'get', path: '/apps/owned', handle: list },
  { ...common, method: 'get', path: '/apps', handle: list },
  { ...common, method: 'post', path: '/apps', handle: create },
  { ...common, method: 'get', path: '/apps/:id/public_key.pem', handle: showKey },
  { ...common, method: 'get', path: '/apps/:id', handle: show },
  { ...common, method: 'put', path: '/apps/:id', handle: update },
  {
    ...common,
    method: 'delete',
    path: '/apps/:id',
    handle: (call) => replyTo(call.apps.remove(idParam(call)), noContent),
  },
];
