// Whether the desktop application can open on this machine, and what to do where it cannot.
'use strict'

const { spawnSync } = require('node:child_process')
const { existsSync, readFileSync, statSync, writeFileSync } = require('node:fs')
const path = require('node:path')
const launch = require('./launch.cjs')

const packageDir = path.join(launch.root, 'node_modules', 'electron')
/** Written when fetching failed, so that a machine without a network does not wait at each start; `npm ci` removes it. */
const failedMark = path.join(packageDir, 'fetch-failed')
const fetchLimitMs = 180_000

/** The executable, or undefined when it has not been fetched. */
exports.electronBinary = function electronBinary() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(packageDir, 'dist')
  const file = path.join(dist, 'electron')
  return existsSync(file) ? file : undefined
}

/**
 * Why Electron cannot open, cheapest reason first, or undefined. Fetches its binary when that is all that is missing.
 * @param {{isAsked: boolean}} options isAsked: somebody wants Electron and nothing else, so fetching is tried even after it failed once
 * @returns {{why: string, remedy: string} | undefined}
 */
exports.electronTrouble = function electronTrouble({ isAsked }) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { why: 'there is no display', remedy: 'Start it from a desktop session, or use --host loopback.' }
  }
  if (process.getuid?.() === 0) {
    return { why: 'its sandbox does not run as root', remedy: 'Start it as an ordinary user, or use --host loopback.' }
  }
  if (!exports.electronBinary() && !fetchElectron(isAsked)) {
    return { why: 'the Electron binary could not be fetched', remedy: 'Run `npx install-electron` with a network to see why, set ELECTRON_OVERRIDE_DIST_PATH to a folder that has it, or use --host loopback.' }
  }
  if (!hasSandbox(path.dirname(exports.electronBinary()))) {
    return { why: 'this system lets no ordinary program make a sandbox', remedy: `Make ${path.join(path.dirname(exports.electronBinary()), 'chrome-sandbox')} owned by root with mode 4755, install the package, or use --host loopback.` }
  }
  return undefined
}

/** Electron's package fetches its binary on first use; here once, quietly and for a bounded time. */
function fetchElectron(isAsked) {
  if (existsSync(failedMark) && !isAsked) return false
  launch.say('Fetching Electron, which is done once …')
  spawnSync(process.execPath, [path.join(packageDir, 'install.js')], { stdio: 'ignore', timeout: fetchLimitMs })
  if (exports.electronBinary()) return true
  writeFileSync(failedMark, '')
  return false
}

/** Chromium's sandbox needs user namespaces or its setuid program; without either Electron aborts. */
function hasSandbox(dist) {
  if (process.platform !== 'linux') return true
  const setting = (name) => {
    try {
      return readFileSync(`/proc/sys/${name}`, 'utf8').trim()
    } catch {
      return undefined
    }
  }
  const program = path.join(dist, 'chrome-sandbox')
  const isSetuid = existsSync(program) && statSync(program).uid === 0 && (statSync(program).mode & 0o4000) !== 0
  return isSetuid || (setting('kernel/unprivileged_userns_clone') !== '0' && setting('kernel/apparmor_restrict_unprivileged_userns') !== '1' && setting('user/max_user_namespaces') !== '0')
}
