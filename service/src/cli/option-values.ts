// Reads the values of options and arguments; each error names what is allowed.
import { InvalidArgumentError, Option } from 'commander';

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

/** The id of a Zendesk user, or an address. */
export function toCustomer(text: string): number | string {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new InvalidArgumentError('Write an address, or the id in Zendesk.');
  return text;
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

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `15s`, `5m`, `1h`. Seconds are for demos only; the policy's durations do not support them. Throws with an example. */
export function readRehearsalDelay(text: string): number {
  const [, amount, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (!amount || !unit) throw new Error(`--survey-delay "${text}" is not a delay; write 15s, 5m or 1h.`);
  return Number(amount) * (UNITS[unit] ?? 0);
}

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
