// Names an address of a Zendesk user, with when it became theirs.

export interface UserAddress {
  readonly email: string;
  /** When somebody gave the user this address, or changed it; null: they have it since they are in Zendesk. ISO 8601. */
  readonly changedAt: string | null;
}
