// Is there a `.env` file to read?
import { existsSync } from 'node:fs';
import { loadEnvFile as load } from 'node:process';

/** Reads `.env` of the working directory, if there is one. What is set already wins, as with every dotenv. */
export function loadEnvFile(): void {
  if (existsSync('.env')) load('.env');
}
