// What the command line may use of the preview.
export { cacheSource, exampleSource, fileSource, type PastTicketSource } from './past-ticket-source.ts';
export { type Preview, startPreview } from './start-preview.ts';
