// Declares the files of a package.

/** Content by path inside the package, with `/` between folders: `manifest.json`, `assets/logo.svg`. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** The text of a file; null when the package has none of that name. */
export function textOf(files: PackageFiles, path: string): string | null {
  const bytes = files.get(path);
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}

/** What may become of reading a package: its files, or the sentence that says why not. */
export type PackageReading = { ok: true; files: PackageFiles } | { ok: false; problem: string };
