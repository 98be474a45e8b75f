// Declares apps, installations and frames as the pages see them.
import type { User } from '../account/types.ts';

/** Where an app may appear (the Support product's names). */
export type AppLocation =
  | 'ticket_sidebar'
  | 'new_ticket_sidebar'
  | 'user_sidebar'
  | 'organization_sidebar'
  | 'top_bar'
  | 'nav_bar'
  | 'background'
  | 'modal'
  | 'ticket_editor'
  | 'system_top_bar'
  | 'custom_object_record_sidebar';

/** One place of one enabled installation, ready to be framed. */
export interface AppFrame {
  appId: number;
  installationId: number;
  /** Title of the installation (its setting `name`). */
  title: string;
  /** From the manifest. */
  version: string;
  location: AppLocation;
  /**
   * Absolute address of the page, settings filled in, without `origin` and `app_guid`. A page of the package itself is served by
   * this server at `/app-assets/<installation>/assets/...`, by its other name (`localhost` for `127.0.0.1`).
   */
  url: string;
  /** The first load is a POST form with a signed `token` (the manifest's `signedUrls`). */
  signed: boolean;
  flexible: boolean;
  autoLoad: boolean;
  /** Not shown until it asks for it (`app.show`). */
  autoHide: boolean;
  /** `{width, height}` as the manifest has it, or nothing. */
  size: unknown;
  /** Settings that are not secure: what `client.metadata()` tells. */
  settings: Readonly<Record<string, unknown>>;
  iconUrl: string | null;
  /** Where the files of the package's `assets/` are, with a slash at the end. */
  assetsUrl: string;
}

/** What the agent workspace needs of apps; the Apps API writes the underlying data. */
export interface AppFrames {
  /** Frames at the location that this agent sees (role and group restrictions kept), in the order of installation. */
  at(location: AppLocation, agent: User): readonly AppFrame[];
  /**
   * Signs who sees the frame, as Zendesk does for `signedUrls`: an RS256 JWT with `iss`, `aud`, `sub`, `iat`, `exp`, `jti`, `context`.
   * @param context `{ product, location, ... }` of the frame
   */
  sign(frame: AppFrame, agent: User, context: Readonly<Record<string, unknown>>): Promise<string>;
  /**
   * `client.request` with an absolute address: fetched by the server, `{{setting.x}}` replaced by the installation's settings where
   * `secure` is asked, only towards hosts of the manifest's `domainWhitelist` then.
   */
  proxy(installationId: number, request: ProxyRequest): Promise<ProxyAnswer>;
}

/** The options of `client.request` that survive the wire. */
export interface ProxyRequest {
  url: string;
  type: string;
  headers: Readonly<Record<string, string>>;
  contentType: string | null;
  data: string | null;
  secure: boolean;
  timeoutMs: number | null;
  jwt: Readonly<Record<string, unknown>> | null;
}

export interface ProxyAnswer {
  status: number;
  statusText: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}
