// What the command line may use of the preview.
export { cacheSource, exampleSource, fileSource, historySource, type PastTicketSource } from './past-ticket-source.ts';
export { startPreview } from './start-preview.ts';
