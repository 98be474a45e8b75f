// Declares apps, uploads and installations.

import type { Json, ManifestLocation, ManifestParameter } from './package/parse-manifest.ts';
import type { PackageFiles } from './package/read-package.ts';

/** A package that was sent and waits to become an app, or a new version of one. */
export interface Upload {
  id: number;
  files: PackageFiles;
}

export interface App {
  id: number;
  name: string;
  /** From the manifest; empty when it names none. */
  version: string;
  files: PackageFiles;
  manifest: Json;
  parameters: readonly ManifestParameter[];
  locations: readonly ManifestLocation[];
  domainWhitelist: readonly string[];
  singleInstall: boolean;
  defaultLocale: string;
  ownerId: number;
  created_at: string;
  updated_at: string;
}

export interface Installation {
  id: number;
  app_id: number;
  product: string;
  /** `name`, and a value for parameters; secure ones too, which never leave this server. */
  settings: Json;
  enabled: boolean;
  /** Groups whose members see it; null: everybody. */
  group_restrictions: readonly number[] | null;
  /** Custom roles that see it; null: every role. Admins always do. */
  role_restrictions: readonly number[] | null;
  created_at: string;
  updated_at: string;
}

export interface InstallationInput {
  settings?: Json | undefined;
  enabled?: boolean | undefined;
  group_restrictions?: readonly number[] | null | undefined;
  role_restrictions?: readonly number[] | null | undefined;
}
