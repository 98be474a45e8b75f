// Reads a file of tickets as text, whatever its encoding, without keeping it in memory.
import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { findBadLine, findEncoding, notUtf8 } from '../../platform/text-files/decode-text.ts';
import { BadTicketFile } from './ticket-file.ts';

export interface TextFile {
  /** The text in chunks, without byte order mark. Can be read once. */
  readonly texts: AsyncGenerator<string>;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Bytes read so far. */
  readonly read: () => number;
}

/**
 * Opens a file and unpacks gzip. UTF-8 is checked to the end before the first chunk is returned, so that no ticket is decided
 * from a file with broken characters.
 * @param encoding if known, a label of https://encoding.spec.whatwg.org; null: UTF-8 or UTF-16, detected
 * @throws BadTicketFile when it cannot be read
 */
export async function openTextFile(file: string, encoding: string | null): Promise<TextFile> {
  try {
    const { size, isGzip } = await look(file);
    const openBytes = (): { source: ReadStream; bytes: Readable } => {
      const source = createReadStream(file);
      return { source, bytes: isGzip ? pipeline(source, createGunzip(), () => {}) : source };
    };
    const known = encoding ?? (await findOut(file, openBytes().bytes));
    const { source, bytes } = openBytes();
    return { texts: decode(file, bytes, known), size, read: () => source.bytesRead };
  } catch (error) {
    throw asBadFile(file, error);
  }
}

async function look(file: string): Promise<{ size: number; isGzip: boolean }> {
  const handle = await open(file);
  try {
    const found = await handle.stat();
    if (found.isDirectory()) throw new BadTicketFile(`Cannot read ${file}: it is a folder; name the file in it.`);
    // The file is read twice, and a pipe can be read only once.
    if (!found.isFile())
      throw new BadTicketFile(`Cannot read ${file}: it is a pipe or a device; save it to a file first.`);
    const { buffer } = await handle.read({ buffer: Buffer.alloc(2), position: 0 });
    return { size: found.size, isGzip: buffer[0] === 0x1f && buffer[1] === 0x8b };
  } finally {
    await handle.close();
  }
}

/** Reads to the end: a file is UTF-8 only if all of it is. */
async function findOut(file: string, bytes: Readable): Promise<string> {
  let carried: Buffer = Buffer.alloc(0);
  let encoding: string | undefined;
  let line = 1;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const all = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    if (encoding === undefined) {
      const found = findEncoding(all);
      if (!found.ok) throw new BadTicketFile(`Cannot read ${file}: ${found.reason}.`);
      if (found.encoding !== 'utf-8') return found.encoding;
      ({ encoding } = found);
    }
    // Up to the last ASCII character: a multi-byte character may continue in the next chunk.
    const whole = all.subarray(0, all.findLastIndex((byte) => byte < 0x80) + 1);
    line += linesUntilBad(file, whole, line);
    carried = all.subarray(whole.length);
  }
  linesUntilBad(file, carried, line);
  return 'utf-8';
}

function linesUntilBad(file: string, bytes: Buffer, line: number): number {
  const bad = findBadLine(bytes);
  if (bad !== undefined) {
    throw new BadTicketFile(
      `Cannot read ${file}: ${notUtf8(line + bad)}. Save it again as "CSV UTF-8", or name its encoding: --encoding windows-1252.`,
    );
  }
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}

async function* decode(file: string, bytes: Readable, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw asBadFile(file, error);
  } finally {
    bytes.destroy();
  }
}

function asBadFile(file: string, error: unknown): BadTicketFile {
  if (error instanceof BadTicketFile) return error;
  return new BadTicketFile(`Cannot read ${file}: ${explain(error as NodeJS.ErrnoException)}.`, { cause: error });
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
      return 'no permission to read it';
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'it contains bytes that are not valid in its encoding; save it again as UTF-8';
    case 'Z_DATA_ERROR':
    case 'Z_BUF_ERROR':
      return 'it is a damaged or incomplete gzip file';
    default:
      return message;
  }
}
