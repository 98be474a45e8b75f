// Keeps the key that signs each app's URLs.
import { type CryptoKey, exportSPKI, generateKeyPair } from 'jose';

export interface SigningKey {
  privateKey: CryptoKey;
  /** PEM (SPKI): what `public_key.pem` answers. */
  publicPem: string;
}

export interface SigningKeys {
  /** Makes the app's key, or replaces it: what the old one signed no longer verifies against `public_key.pem`. */
  renew(appId: number): Promise<void>;
  find(appId: number): SigningKey | undefined;
  forget(appId: number): void;
}

export function createSigningKeys(): SigningKeys {
  const keys = new Map<number, SigningKey>();
  return {
    renew: async (appId) => {
      const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
      keys.set(appId, { privateKey, publicPem: await exportSPKI(publicKey) });
    },
    find: (appId) => keys.get(appId),
    forget: (appId) => void keys.delete(appId),
  };
}
