import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { aFolder, aPackage, zipOf } from '../testing/a-package.ts';
import { readPackage, readZip } from './read-package.ts';

const text = (content: string) => new TextEncoder().encode(content);
const SYMLINK_MODE = 0o120777;

describe('a package', () => {
  it('is the same from a folder and from a zip, without ZCLI’s own files', () => {
    const files = aPackage({}, { 'tmp/app-1.zip': 'old', '.zcliignore': '**', 'assets/.DS_Store': 'x' });
    const root = aFolder(files);
    const folder = readPackage(root);
    const zip = join(root, 'app.zip');
    writeFileSync(zip, zipOf(aPackage({}, { 'tmp/app-1.zip': 'old' })));
    const paths = ['assets/logo-small.png', 'assets/logo.png', 'manifest.json', 'translations/en.json'];
    expect(folder.ok && [...folder.files.keys()].toSorted()).toEqual(paths);
    const unzipped = readPackage(zip);
    expect(unzipped.ok && [...unzipped.files.keys()].toSorted()).toEqual(paths);
    expect(unzipped.ok && Buffer.from(unzipped.files.get('manifest.json') ?? []).toString()).toContain('Weather');
  });

  it.each([
    ['../../etc/passwd', 'outside the package'],
    ['/etc/passwd', 'outside the package'],
    ['assets\\..\\..\\x', 'outside the package'],
    ['C:/x', 'outside the package'],
  ])('that writes to %s is refused', (path, problem) => {
    expect(readZip(zipSync({ [path]: text('x') }))).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('is refused before unpacking when it would unpack to far more than its size', () => {
    const bomb = zipSync({ 'assets/zeros': new Uint8Array(51 * 1024 * 1024) });
    expect(bomb.length).toBeLessThan(200_000);
    expect(readZip(bomb)).toEqual({ ok: false, problem: 'The zip file unpacks to more than 50 MB' });
  });

  it('with too many files is refused', () => {
    const files = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`assets/${index}`, text('')]));
    expect(readZip(zipSync(files))).toEqual({ ok: false, problem: 'The zip file holds more than 2000 files' });
  });

  it('with a symbolic link is refused, zipped or not', () => {
    const zipped = zipSync({ 'assets/link': [text('/etc/passwd'), { os: 3, attrs: SYMLINK_MODE << 16 }] });
    const root = aFolder(aPackage());
    symlinkSync('/etc/passwd', join(root, 'assets/link'));
    const refusal = { ok: false, problem: 'Symlinks are not allowed in the zip file' };
    expect([readZip(zipped), readPackage(root)]).toEqual([refusal, refusal]);
  });

  it.each([[''], ['PK'], ['<html>']])('that is not a zip (%j) is refused', (bytes) => {
    expect(readZip(text(bytes))).toEqual({ ok: false, problem: 'The uploaded file is not a valid zip file' });
  });
});
