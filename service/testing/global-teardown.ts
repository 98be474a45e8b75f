// Stops the PostgreSQL of the tests.
export default async function tearDown(): Promise<void> {
  await globalThis.deskwrightTestPostgres?.stop();
}
