// Reads the body of a call.
import express, { type Request, type Response } from 'express';

/** Zendesk's limit of one attachment. */
const parse = express.raw({ type: () => true, limit: '50mb' });

/** Reads nothing until it is called. Null: more than 50 MB. @throws Error when the body ends early. */
export function readBytes(request: Request, response: Response): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    parse(request, response, (error?: unknown) => {
      if (error instanceof Error) {
        if ('status' in error && error.status === 413) resolve(null);
        else reject(error);
        return;
      }
      resolve(Buffer.isBuffer(request.body) ? request.body : new Uint8Array());
    });
  });
}
