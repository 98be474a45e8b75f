// Limits the requests from one address.
import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { hashSurveyToken } from '../survey-links.ts';

export interface RequestLimits {
  /** Per minute and address. A whole company may share one address, and its mail scanner opens every link. */
  perIp: number;
  /** Per minute and link. */
  perToken: number;
}

export const DEFAULT_LIMITS: RequestLimits = { perIp: 300, perToken: 30 };

/** Counts in this process, per address and per link; `refuse` sends the 429 page (`Retry-After` is set). */
export function limitRequests(
  limits: RequestLimits,
  refuse: (request: Request, response: Response) => void,
): RequestHandler[] {
  const common = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false, handler: refuse } as const;
  return [
    rateLimit({ ...common, identifier: 'ip', limit: limits.perIp }),
    rateLimit({
      ...common,
      identifier: 'link',
      limit: limits.perToken,
      keyGenerator: (request) => hashSurveyToken(String(request.params.token)).toString('base64'),
    }),
  ];
}
