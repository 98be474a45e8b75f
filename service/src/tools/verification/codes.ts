// Makes codes, keeps only their hash, and compares them.
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const HASH_BYTES = 32;

export interface HashedCode {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Six digits, all equally likely. */
export const makeCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** scrypt with Node's defaults (N = 16384): trying all million codes of a stolen hash takes far longer than a code lives. */
export async function hashCode(code: string): Promise<HashedCode> {
  const salt = randomBytes(16);
  return { salt, hash: await derive(code, salt, HASH_BYTES) };
}

/** In constant time. */
export async function isCode(given: string, { salt, hash }: HashedCode): Promise<boolean> {
  return timingSafeEqual(await derive(given, salt, HASH_BYTES), hash);
}
