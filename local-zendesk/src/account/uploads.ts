// Stores uploaded files and attachments.
import type { Clock } from './actor.ts';
import { ok, type Result, refuse } from './result.ts';
import { isoSeconds } from './values.ts';

export interface Attachment {
  id: number;
  file_name: string;
  content_type: string;
  /** What its address is made of; not guessable. */
  key: string;
  content: Uint8Array;
  deleted: boolean;
}

interface Upload {
  token: string;
  attachments: readonly Attachment[];
  expires_at: string;
}

interface NewFile {
  file_name: string;
  content_type: string;
  content: Uint8Array;
}

export interface Uploads {
  /** With the token of an earlier one the file joins it. */
  add: (file: NewFile, token?: string) => Result<Upload>;
  delete: (token: string) => Result<Upload>;
  /** Ids of the files under these tokens, which are then spent; unknown and expired tokens give none. */
  take: (tokens: readonly string[]) => readonly number[];
  attachment: (id: number) => Attachment | undefined;
  byKey: (key: string) => Attachment | undefined;
  /** The file's content was permanently deleted; an empty file replaces it. */
  redact: (id: number) => Result<Attachment>;
}

// Zendesk keeps an upload for 60 minutes.
const LIFE_MS = 3_600_000;

export function createUploads(clock: Clock, nextId: () => number, secret: (bytes: number) => string): Uploads {
  const uploads = new Map<string, { upload: Upload; until: number }>();
  const attachments = new Map<number, Attachment>();

  const live = (token: string): Upload | undefined => {
    const found = uploads.get(token);
    return found === undefined || found.until <= clock.now() ? undefined : found.upload;
  };

  return {
    add: (file, token) => {
      const known = token === undefined ? undefined : live(token);
      if (token !== undefined && known === undefined) return refuse({ kind: 'not_found' });
      const attachment: Attachment = Object.freeze({ ...file, id: nextId(), key: secret(18), deleted: false });
      attachments.set(attachment.id, attachment);
      const until = clock.now() + LIFE_MS;
      const upload: Upload = Object.freeze({
        token: known?.token ?? secret(18),
        attachments: [...(known?.attachments ?? []), attachment],
        expires_at: isoSeconds(until),
      });
      uploads.set(upload.token, { upload, until });
      return ok(upload);
    },
    delete: (token) => {
      const upload = live(token);
      if (upload === undefined) return refuse({ kind: 'not_found' });
      uploads.delete(token);
      for (const { id } of upload.attachments) attachments.delete(id);
      return ok(upload);
    },
    take: (tokens) =>
      tokens.flatMap((token) => {
        const upload = live(token);
        uploads.delete(token);
        return upload?.attachments.map(({ id }) => id) ?? [];
      }),
    attachment: (id) => attachments.get(id),
    byKey: (key) => [...attachments.values()].find((one) => one.key === key),
    redact: (id) => {
      const old = attachments.get(id);
      if (old === undefined) return refuse({ kind: 'not_found' });
      const redacted = Object.freeze({
        ...old,
        file_name: 'redacted.txt',
        content_type: 'text/plain',
        content: new Uint8Array(),
      });
      attachments.set(id, redacted);
      return ok(redacted);
    },
  };
}
