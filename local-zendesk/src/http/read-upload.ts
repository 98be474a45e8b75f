// Reads the file of a multipart request.
import type { Request, Response } from 'express';
import multer from 'multer';

export type UploadReading = { ok: true; bytes: Uint8Array } | { ok: false; problem: string };

/** Zendesk publishes no limit; ours keeps one call from filling the memory. */
const MOST_BYTES = 20 * 1024 * 1024;

const parse = multer({ storage: multer.memoryStorage(), limits: { fileSize: MOST_BYTES, files: 1, fields: 20 } });

/** Reads nothing until it is called, so that a caller who may not upload cannot make this server read. */
export function readUpload(request: Request, response: Response, field: string): Promise<UploadReading> {
  return new Promise((resolve) => {
    void parse.single(field)(request, response, (error: unknown) => {
      const { file } = request;
      if (error instanceof Error) resolve({ ok: false, problem: error.message });
      else if (file === undefined) resolve({ ok: false, problem: `The field ${field} must hold a zip file` });
      else resolve({ ok: true, bytes: file.buffer });
    });
  });
}
