// Before the tests: brings the Debian packages of packages.txt where it may, and says what is missing where it may not. Quick when all
// is there. It never fails: a test that needs what is missing is skipped or fails, and the sentence printed here says why.
'use strict'

const { spawnSync } = require('node:child_process')
const { readFileSync } = require('node:fs')
const { join } = require('node:path')

const wanted = readFileSync(join(__dirname, 'packages.txt'), 'utf8')
  .split('\n')
  .map((line) => /^\s*([a-z0-9.+-]+)\s*#\s*(.+)$/.exec(line))
  .filter((match) => match !== null)
  .map(([, name, why]) => ({ name, why }))

const run = (command, args, options = {}) => spawnSync(command, args, { encoding: 'utf8', ...options })

function listMissing() {
  const { stdout } = run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...wanted.map(({ name }) => name)])
  const installed = new Set((stdout ?? '').split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]))
  // A browser of the caller's own serves as well as Debian's.
  if (process.env.CHROMIUM_PATH) installed.add('chromium')
  return wanted.filter(({ name }) => !installed.has(name))
}

/** Installs what it can; apt's own words are shown only when it fails. */
function install(names) {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (prefix.length > 0 && run('sudo', ['-n', 'true']).status !== 0) return 'this user may not install packages'
  if (run('apt-get', ['--version']).status !== 0) return 'there is no apt-get'
  process.stderr.write(`Installing ${names.join(', ')} for the tests …\n`)
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', ...args]
    return run(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const failed = [apt('update'), apt('install', '--no-install-recommends', ...names)].find(({ status }) => status !== 0)
  return failed && `apt-get failed: ${failed.stderr.trim().split('\n').at(-1)}`
}

const missing = listMissing()
if (missing.length > 0) {
  const trouble = install(missing.map(({ name }) => name))
  for (const { name, why } of listMissing()) process.stderr.write(`NOT INSTALLED: ${name} (${why}): ${trouble ?? 'apt-get did not bring it'}. Tests that need it are skipped or fail.\n`)
}
