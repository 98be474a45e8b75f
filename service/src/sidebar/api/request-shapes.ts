// Declares the sidebar's requests, apart from actions.
import { z } from 'zod';
import { anId } from '../actions/action.ts';

export const onTicketShape = z.object({ id: anId });
export const liveShape = z.object({ ticket: anId });
export const renewShape = z.object({ renewal: z.string().min(1).max(4_000) });
