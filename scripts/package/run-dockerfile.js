// Performs the steps of a Dockerfile on this machine, in folders in place of images.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';

/** Says how the image is run, and changes no file. */
const NOTES = new Set(['EXPOSE', 'USER', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD']);

/**
 * Each stage gets an empty folder of its own in place of its base image. What a step names by an absolute path that an earlier step made
 * lies in that folder. Throws when a step fails, or is of a kind that is not known here.
 * @param {{ text: string, context: string, folder: string, env: Record<string, string>, prepare?: (stage: string, place: (path: string) => string) => void }} options
 *   `context`: what COPY copies from; `env`: of the steps; `prepare`: puts into a stage's folder what its steps would otherwise download
 * @returns how the last stage is run: `run` and `check` are commands with their arguments
 */
export function runDockerfile({ text, context, folder, env, prepare = () => undefined }) {
  const stages = new Map();
  let stage;
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword().toUpperCase();
    const args = instruction.getArguments().map((argument) => argument.getValue());
    if (keyword === 'ARG' && !stage) continue;
    if (keyword === 'FROM') {
      const name = instruction.getBuildStage() ?? 'last';
      stage = { name, root: join(folder, name), cwd: '/', env: {}, made: /** @type {string[]} */ ([]), notes: {} };
      stages.set(name, stage);
      mkdirSync(stage.root, { recursive: true });
    } else if (keyword === 'WORKDIR') {
      stage.cwd = resolve(stage.cwd, args[0]);
      stage.made.push(stage.cwd);
      mkdirSync(inStage(stage, stage.cwd), { recursive: true });
    } else if (keyword === 'ENV') {
      for (const property of instruction.getProperties()) stage.env[property.getName()] = property.getValue();
    } else if (keyword === 'COPY') {
      copy(instruction, args, stage, { stages, context });
    } else if (keyword === 'RUN') {
      prepare(stage.name, (path) => inStage(stage, path));
      const command = stage.made.reduce(
        (words, path) => words.replaceAll(new RegExp(`(?<=^|[\\s='"])${path}`, 'g'), inStage(stage, path)),
        instruction.getArgumentsContent(),
      );
      execFileSync('sh', ['-ec', command], {
        cwd: inStage(stage, stage.cwd),
        env: { ...env, ...stage.env },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    } else if (NOTES.has(keyword)) {
      stage.notes[keyword] = instruction;
    } else {
      throw new Error(`Line ${instruction.getRange().start.line + 1}: ${keyword} is not known here.`);
    }
  }
  const { ENTRYPOINT, CMD, HEALTHCHECK, USER } = stage.notes;
  /** Of the form `["program", "argument"]`. */
  const words = (instruction) =>
    JSON.parse(/\[.*\]$/s.exec(instruction.getArgumentsContent())[0]).map((word) => inStage(stage, word));
  return {
    cwd: inStage(stage, stage.cwd),
    env: stage.env,
    user: USER.getArgumentsContent(),
    run: [...words(ENTRYPOINT), ...words(CMD)],
    check: words(HEALTHCHECK),
  };
}

/** A path of the stage, on this machine; other words stay. */
function inStage(stage, path) {
  return path.startsWith('/') ? join(stage.root, path) : path;
}

function copy(instruction, args, stage, { stages, context }) {
  const from = instruction.getFlags().find((flag) => flag.getName() === 'from');
  const root = from ? stages.get(from.getValue()).root : context;
  const [source, destination] = args;
  const file = findOne(root, source);
  const isFolder = statSync(join(root, file)).isDirectory();
  const path = resolve(stage.cwd, destination, destination.endsWith('/') && !isFolder ? basename(file) : '');
  stage.made.push(path);
  mkdirSync(dirname(inStage(stage, path)), { recursive: true });
  cpSync(join(root, file), inStage(stage, path), { recursive: true, verbatimSymlinks: true });
}

/** Below `root`; the last part may have one `*`. */
function findOne(root, pattern) {
  const [before, after] = basename(pattern).split('*');
  const fits = (name) => (after === undefined ? name === before : name.startsWith(before) && name.endsWith(after));
  const found = readdirSync(join(root, dirname(pattern))).filter(fits);
  if (found.length !== 1) throw new Error(`COPY ${pattern}: ${found.length} files in ${root}, not one`);
  return join(dirname(pattern), found[0]);
}
