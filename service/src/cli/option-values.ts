// Reads the values of options and arguments; each error says what to write.
import { InvalidArgumentError, Option } from 'commander';
import { type LabelSource, readLabelSource } from '../past-tickets/index.ts';
import { readRehearsalDelay } from './start.ts';

export function toNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

export function toTicketId(text: string): number {
  const [, digits] = /^#?([1-9]\d{0,14})$/.exec(text) ?? [];
  if (!digits) throw new InvalidArgumentError("It must be a ticket's number, such as 42.");
  return Number(digits);
}

export function toPort(text: string): number {
  const port = toNumber(text);
  if (port < 1 || port > 65_535) throw new InvalidArgumentError('A port is a number from 1 to 65535.');
  return port;
}

/** An empty `PORT` is none. */
export const demoPortOption = (): Option =>
  new Option('--port <n>', 'port of the service; the next free one is taken')
    .argParser((text: string) => (text === '' ? 4600 : toPort(text)))
    .default(4600)
    .env('PORT');

export function toDelay(text: string): string {
  try {
    readRehearsalDelay(text);
  } catch {
    throw new InvalidArgumentError('Write 15s, 5m or 1h.');
  }
  return text;
}

export function toEncoding(text: string): string {
  try {
    return new TextDecoder(text).encoding;
  } catch {
    throw new InvalidArgumentError('Write its name, such as windows-1252.');
  }
}

export function toLabels(text: string): LabelSource {
  try {
    return readLabelSource(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
