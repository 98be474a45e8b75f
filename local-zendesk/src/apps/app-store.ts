// Stores uploaded packages and the apps made from them.
import { invalid, ok, type Result, refuse } from '../account/result.ts';
import type { App, Upload } from './app.ts';
import { appFromPackage } from './app-from-package.ts';
import type { PackageFiles } from './package/read-package.ts';
import { createSigningKeys, type SigningKey } from './signing-keys.ts';

export interface AppStore {
  upload(files: PackageFiles): Upload;
  findUpload(id: number): Upload | undefined;
  /** An app from an upload, which is used up; `name` wins over the package's own. */
  create(uploadId: number, name: string | undefined, ownerId: number): Promise<Result<App>>;
  /** A new version from an upload. Installations keep their settings. */
  update(appId: number, uploadId: number): Result<App>;
  remove(appId: number): Result<App>;
  find(appId: number): App | undefined;
  list(): readonly App[];
  /** Of the app's signed addresses; the public half is what `public_key.pem` answers. */
  key(appId: number): SigningKey | undefined;
  /** A new key; what the old one signed no longer verifies. */
  rotateKey(appId: number): Promise<Result<App>>;
}

// Apart from the account's own ids, so that no app moves those of a seeded account.
const FIRST_UPLOAD_ID = 500_001;
const FIRST_APP_ID = 900_001;

/** @param stamp the account's time, as Zendesk prints it */
export function createAppStore(stamp: () => string): AppStore {
  const uploads = new Map<number, Upload>();
  const apps = new Map<number, App>();
  const keys = createSigningKeys();
  let lastUploadId = FIRST_UPLOAD_ID - 1;
  let lastAppId = FIRST_APP_ID - 1;

  function takeUpload(id: number): Upload | undefined {
    const upload = uploads.get(id);
    uploads.delete(id);
    return upload;
  }
  const noUpload = () => invalid('upload_id', 'Upload: could not be found', 'InvalidValue');
  const noApp = () => refuse({ kind: 'not_found' });

  return {
    upload: (files) => {
      lastUploadId += 1;
      const upload = { id: lastUploadId, files };
      uploads.set(upload.id, upload);
      return upload;
    },
    findUpload: (id) => uploads.get(id),
    create: async (uploadId, name, ownerId) => {
      const upload = takeUpload(uploadId);
      if (upload === undefined) return noUpload();
      lastAppId += 1;
      const at = stamp();
      const app = { ...appFromPackage(upload.files, name), id: lastAppId, ownerId, created_at: at, updated_at: at };
      await keys.renew(app.id);
      apps.set(app.id, app);
      return ok(app);
    },
    update: (appId, uploadId) => {
      const app = apps.get(appId);
      if (app === undefined) return noApp();
      const upload = takeUpload(uploadId);
      if (upload === undefined) return noUpload();
      const next = { ...app, ...appFromPackage(upload.files, app.name), updated_at: stamp() };
      apps.set(appId, next);
      return ok(next);
    },
    remove: (appId) => {
      const app = apps.get(appId);
      if (app === undefined) return noApp();
      apps.delete(appId);
      keys.forget(appId);
      return ok(app);
    },
    find: (appId) => apps.get(appId),
    list: () => [...apps.values()],
    key: (appId) => keys.find(appId),
    rotateKey: async (appId) => {
      const app = apps.get(appId);
      if (app === undefined) return noApp();
      await keys.renew(appId);
      return ok(app);
    },
  };
}
