// Words an error for the person at the terminal.
import { types } from 'node:util';
import { howToGoOn } from '../zendesk/stopped-while.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';

/** What Node says of a file in its own terms: https://nodejs.org/api/errors.html#common-system-errors */
const WITH_FILE: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no file or folder ${path}.`,
  EACCES: (path) => `No permission to open ${path}.`,
  EPERM: (path) => `No permission to change ${path}.`,
  EISDIR: (path) => `${path} is a folder, where a file is needed.`,
  ENOTDIR: (path) => `${path} cannot be: a part of it is a file, not a folder.`,
  ENOSPC: (path) => `The disk is full: ${path} could not be written.`,
};

export function messageOf(error: unknown): string {
  if (error instanceof ZendeskError) return `${error.message}. ${howToGoOn(error)}`;
  if (!types.isNativeError(error)) return String(error);
  const { code = '', path, message } = error as NodeJS.ErrnoException;
  return (path === undefined ? undefined : WITH_FILE[code]?.(path)) ?? message;
}
