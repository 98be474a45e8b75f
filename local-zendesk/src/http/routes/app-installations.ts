// Routes for app installations.
import type { Installation } from '../../apps/app.ts';
import { PRODUCTS } from '../../apps/package/parse-manifest.ts';
import { installationBody, installationUpdateBody } from '../bodies/apps.ts';
import { withBody } from '../bodies/parse-body.ts';
import type { Call, Reply, Route } from '../call.ts';
import { idParam } from '../params.ts';
import { invalidEndpoint, noContent, notFound, ok, replyTo } from '../replies.ts';
import { showInstallation } from '../shapes/app.ts';
import { create } from './apps.ts';

/** As in the path; Support where the path names none. */
const productOf = (call: Call): string => call.params['product'] ?? 'support';

const isProduct = (name: string): boolean => PRODUCTS.some((product) => product.name === name);

function shown(call: Call, installation: Installation): Record<string, unknown> {
  const app = call.apps.find(installation.app_id);
  return app === undefined ? {} : showInstallation(app, installation);
}

function find(call: Call): Installation | undefined {
  const installation = call.apps.findInstallation(idParam(call));
  return installation?.product === productOf(call) ? installation : undefined;
}

const list = (call: Call): Reply =>
  ok({
    installations: call.apps
      .installations()
      .filter(({ product }) => product === productOf(call))
      .map((one) => shown(call, one)),
  });

function show(call: Call): Reply {
  const installation = find(call);
  return installation === undefined ? notFound() : ok(shown(call, installation));
}

const install = (call: Call): Reply | Promise<Reply> =>
  withBody(call, installationBody, ({ app_id, ...input }) =>
    replyTo(call.apps.install(app_id, productOf(call), input), (made) => ok(shown(call, made))),
  );

const update = (call: Call): Reply | Promise<Reply> =>
  find(call) === undefined
    ? notFound()
    : withBody(call, installationUpdateBody, (input) =>
        replyTo(call.apps.updateInstallation(idParam(call), input), (changed) => ok(shown(call, changed))),
      );

const uninstall = (call: Call): Reply =>
  find(call) === undefined ? notFound() : replyTo(call.apps.uninstall(idParam(call)), noContent);

const forKnownProduct =
  (handle: Route['handle']): Route['handle'] =>
  (call) =>
    isProduct(productOf(call)) ? handle(call) : invalidEndpoint();

const routesAt = (base: string): readonly Route[] => {
  const common = { scope: 'apps', role: 'admin' } as const;
  return [
    { ...common, method: 'get', path: base, handle: forKnownProduct(list) },
    { ...common, method: 'post', path: base, handle: forKnownProduct(install) },
    { ...common, method: 'get', path: `${base}/:id`, handle: forKnownProduct(show) },
    { ...common, method: 'put', path: `${base}/:id`, handle: forKnownProduct(update) },
    { ...common, method: 'delete', path: `${base}/:id`, handle: forKnownProduct(uninstall) },
  ];
};

/** Below `/api/v2`. */
export const installationRoutes: readonly Route[] = routesAt('/apps/installations');

/** Below `/api`: the addresses that ZCLI calls. */
export const productAppRoutes: readonly Route[] = [
  { method: 'post', path: '/apps', scope: 'apps', role: 'admin', handle: create },
  ...routesAt('/:product/apps/installations'),
];
