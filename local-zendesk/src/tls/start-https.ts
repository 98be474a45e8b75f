// Serves the local Zendesk over TLS, which ZCLI requires.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEEP_ALIVE_MS, listen } from '../listen.ts';

export interface Https {
  /** `https://127.0.0.1:port`. */
  url: string;
  /** PEM file of the certificate, for `NODE_EXTRA_CA_CERTS`; deleted when stopped. */
  certificateFile: string;
  stop(): Promise<void>;
}

const DAYS_VALID = 30;

/** A self-signed certificate for 127.0.0.1 and localhost, created at each start; the key stays in memory. */
export async function startHttps(app: RequestListener, port: number): Promise<Https> {
  const host = '127.0.0.1';
  // Loaded here, because it takes longer than the rest of the local Zendesk, and few need it.
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Local Zendesk' }], {
    keyType: 'rsa',
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + DAYS_VALID * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: host },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  const server = createServer({ cert, key, keepAliveTimeout: KEEP_ALIVE_MS }, app);
  const url = `https://${host}:${await listen(server, port, host)}`;
  const folder = mkdtempSync(join(tmpdir(), 'local-zendesk-'));
  const certificateFile = join(folder, 'certificate.pem');
  writeFileSync(certificateFile, cert);
  return {
    url,
    certificateFile,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
