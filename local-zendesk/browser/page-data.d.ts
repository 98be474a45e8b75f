// Declares what the server gives the page about the agent, the ticket and the apps.

export interface NamedThing {
  id: number;
  name: string;
}

export interface ZafTimeZone {
  name: string;
  ianaName: string;
  /** Minutes east of Greenwich, now. */
  offset: number;
  formattedOffset: string;
}

/** A user in the words of the app framework. */
export interface ZafUser {
  id: number;
  name: string;
  email: string | null;
  role: string;
  locale: string;
  externalId: string | null;
  avatarUrl: string | null;
  tags: readonly string[];
  groups: readonly NamedThing[];
  organizations: readonly NamedThing[];
  timeZone: ZafTimeZone;
}

export interface ZafOrganization extends NamedThing {
  /** Separated by spaces. */
  domains: string;
  details: string | null;
  notes: string | null;
  externalId: string | null;
  group: NamedThing | null;
  sharedTickets: boolean;
  sharedComments: boolean;
  tags: readonly string[];
}

export interface ZafComment {
  id: number;
  /** HTML, as the conversation shows it. */
  value: string;
  author: ZafUser | null;
  public: boolean;
  createdAt: string;
  imageAttachments: readonly never[];
  nonImageAttachments: readonly never[];
}

export interface ZafMessage {
  author: { id: number; name: string; role: string; avatar: string | null };
  channel: { name: string };
  message: { content: string; contentType: 'text/html' };
  timestamp: string;
  attachments: readonly never[];
}

/** Values that the form can change, as they are stored. Ids are numbers, nothing is null. */
export interface SavedValues {
  subject: string;
  status: string;
  priority: string | null;
  type: string | null;
  groupId: number | null;
  assigneeId: number | null;
  tags: readonly string[];
  customFields: Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
}

/** What the form cannot change. */
export interface TicketFacts {
  /** Null while the ticket is new and was never saved. */
  id: number | null;
  isNew: boolean;
  description: string;
  externalId: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  requester: ZafUser | null;
  organization: ZafOrganization | null;
  brand: (NamedThing & { subdomain: string; isActive: boolean; isDefault: boolean }) | null;
  form: { id: number | null };
  via: { channel: string };
  collaborators: readonly ZafUser[];
  comments: readonly ZafComment[];
  conversation: readonly ZafMessage[];
  customStatusId: number | null;
  saved: SavedValues;
}

export interface FieldData {
  /** The framework's name: `status`, `priority`, `custom_field_<id>`. */
  name: string;
  label: string;
  type: string;
  options: readonly { label: string; value: string }[];
}

export interface CustomStatusData {
  id: number;
  category: string;
  label: string;
  default: boolean;
}

/** One place of one app on this page. */
export interface FrameData {
  appId: number;
  installationId: number;
  title: string;
  version: string;
  location: string;
  url: string;
  signed: boolean;
  flexible: boolean;
  autoLoad: boolean;
  autoHide: boolean;
  size: unknown;
  settings: Readonly<Record<string, unknown>>;
  iconUrl: string | null;
  assetsUrl: string;
}

export interface PageData {
  account: { subdomain: string; planName: string; timeZone: ZafTimeZone };
  agent: ZafUser;
  ticket: TicketFacts | null;
  /** The user or organization that the page shows. */
  user: ZafUser | null;
  organization: ZafOrganization | null;
  fields: readonly FieldData[];
  customStatuses: readonly CustomStatusData[];
  /** Who can be an assignee. */
  staff: readonly ZafUser[];
  groups: readonly NamedThing[];
  frames: readonly FrameData[];
  /** Whether to load the apps of ZCLI's server beside the installed ones. */
  zcli: boolean;
}
