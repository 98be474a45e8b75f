// Stores users.
import type { Actor } from './actor.ts';
import type { Core } from './core.ts';
import type { UserInput, Users } from './people-api.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok, type Result, refuse } from './result.ts';
import type { Role, TicketRestriction, User } from './types.ts';
import { defined, normaliseTags } from './values.ts';

/** What a user starts with: end users see what they asked for, agents see everything. */
const restrictionOf = (role: Role): TicketRestriction | null => (role === 'end-user' ? 'requested' : null);

/** As `deleted_users` shows who is permanently deleted (support OpenAPI, "List Deleted Users"). */
const NOTHING_LEFT: Partial<User> = {
  name: 'Permanently Deleted User',
  permanently_deleted: true,
  external_id: null,
  alias: null,
  details: null,
  notes: null,
  phone: null,
  photo_url: null,
  tags: [],
  user_fields: {},
};

const keyOf = (email: string): string => email.trim().toLowerCase();

export function createUsers(core: Core): Users {
  const records = createRecordStore<User>(
    core,
    'user',
    (user) => user.name,
    (user) => user.role !== 'end-user',
  );
  const idByEmail = new Map<string, number>();

  const findByEmail = (email: string): User | undefined => {
    const id = idByEmail.get(keyOf(email));
    return id === undefined ? undefined : records.find(id);
  };

  const takenBySomebodyElse = (email: string | null | undefined, id: number | null): boolean =>
    typeof email === 'string' && (findByEmail(email)?.id ?? id) !== id;

  const refuseDuplicate = (email: string | null | undefined): Result<never> =>
    invalid('email', `Email: ${email} is already being used by another user`, 'DuplicateValue');

  const create = (input: UserInput, by: Actor): Result<User> => {
    if (!input.name?.trim()) return invalid('name', 'Name: is too short (minimum is 1 characters)', 'ValueTooShort');
    if (takenBySomebodyElse(input.email, null)) return refuseDuplicate(input.email);
    const at = core.stamp(by);
    const user = records.add(
      {
        id: core.nextId(),
        name: input.name,
        email: input.email === undefined || input.email === null ? null : keyOf(input.email),
        email_since: at,
        role: input.role ?? 'end-user',
        suspended: input.suspended ?? false,
        verified: input.verified ?? false,
        active: true,
        permanently_deleted: false,
        locale: input.locale ?? 'en-US',
        time_zone: input.time_zone ?? 'Eastern Time (US & Canada)',
        organization_id: input.organization_id ?? null,
        default_group_id: input.default_group_id ?? null,
        ticket_restriction: input.ticket_restriction ?? restrictionOf(input.role ?? 'end-user'),
        custom_role_id: input.custom_role_id ?? null,
        external_id: input.external_id ?? null,
        tags: normaliseTags(input.tags ?? []),
        alias: input.alias ?? null,
        details: input.details ?? null,
        notes: input.notes ?? null,
        phone: input.phone ?? null,
        signature: input.signature ?? null,
        photo_url: input.photo_url ?? null,
        user_fields: input.user_fields ?? {},
        created_at: at,
        updated_at: at,
      },
      by,
    );
    if (user.email !== null) idByEmail.set(user.email, user.id);
    return ok(user);
  };

  const update = (id: number, input: UserInput, by: Actor): Result<User> => {
    if (takenBySomebodyElse(input.email, id)) return refuseDuplicate(input.email);
    const before = records.find(id);
    const changes = defined(input);
    if (typeof changes.email === 'string') changes.email = keyOf(changes.email);
    if (changes.tags !== undefined) changes.tags = normaliseTags(changes.tags);
    // Fields that are not named keep their values.
    if (changes.user_fields !== undefined) changes.user_fields = { ...before?.user_fields, ...changes.user_fields };
    if (changes.role !== undefined && changes.role !== before?.role && changes.ticket_restriction === undefined) {
      changes.ticket_restriction = restrictionOf(changes.role);
    }
    const isMoved = changes.email !== undefined && changes.email !== before?.email;
    const changed = records.change(id, { ...changes, ...(isMoved && { email_since: core.stamp(by) }) }, by);
    if (!changed.ok || changed.value.email === before?.email) return changed;
    if (before?.email) idByEmail.delete(before.email);
    if (changed.value.email !== null) idByEmail.set(changed.value.email, id);
    return changed;
  };

  const findExisting = (input: UserInput & { id?: number | undefined }): User | undefined => {
    if (input.id !== undefined) return records.find(input.id);
    const byExternalId = input.external_id
      ? records.list().find((user) => user.external_id === input.external_id)
      : undefined;
    return byExternalId ?? (typeof input.email === 'string' ? findByEmail(input.email) : undefined);
  };

  return {
    create,
    update,
    createOrUpdate: ({ id, ...input }, by) => {
      const existing = findExisting({ id, ...input });
      const result = existing === undefined ? create(input, by) : update(existing.id, input, by);
      return result.ok ? ok({ user: result.value, created: existing === undefined }) : result;
    },
    delete: (id, by) => {
      const email = records.find(id)?.email;
      if (email) idByEmail.delete(email);
      return records.change(id, { active: false, email: null }, by);
    },
    deletePermanently: (id, by) => {
      const user = records.find(id);
      if (user === undefined || user.active || user.permanently_deleted) return refuse({ kind: 'not_found' });
      return records.change(id, NOTHING_LEFT, by);
    },
    find: records.find,
    findByEmail,
    list: records.list,
  };
}
