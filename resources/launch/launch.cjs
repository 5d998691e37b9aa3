// What every launcher needs. Plain old JavaScript: the Node that runs this may be too old for anything else.
'use strict'

var childProcess = require('child_process')
var fs = require('fs')
var path = require('path')

var root = path.join(__dirname, '..', '..')
var neededMajor = 24

function say(sentence) {
  process.stderr.write(sentence + '\n')
}

function built(file) {
  return path.join(root, 'out', file)
}

/** Gives the path of a Node that is new enough, or says what to do and ends with 1. */
function requireNode(use) {
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return use(process.execPath)
  var shipped = path.join(root, 'node_modules', 'node-' + process.platform + '-' + process.arch, 'bin', 'node')
  if (fs.existsSync(shipped)) return use(shipped)
  say('Stationmaster needs Node ' + neededMajor + ' and this is ' + process.version + ': run `npm ci` in ' + root + ', which brings it on Linux (x64, arm64), or install it.')
  process.exitCode = 1
}

/**
 * For the main process. Its heap is small, and every few frames are collected with it: on one thread, because marking that shares the
 * cores with inference waits for helpers that are not running (measured: pauses of 8 to 13 ms, against 7 without them).
 */
var collectorFlags = ['--single-threaded-gc', '--max-semi-space-size=8']

/** Milliseconds of the newest file below a path; 0 where there is none. */
function newestMs(file) {
  var stat
  try {
    stat = fs.statSync(file)
  } catch (_error) {
    return 0
  }
  if (!stat.isDirectory()) return stat.mtimeMs
  return fs.readdirSync(file).reduce(function (newest, name) {
    return Math.max(newest, newestMs(path.join(file, name)))
  }, 0)
}

var sources = ['src-main', 'src-preload', 'src-renderer', 'resources/translations', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json']

function isStale() {
  var builtMs = newestMs(built('.complete'))
  return sources.some(function (source) {
    return newestMs(path.join(root, source)) > builtMs
  })
}

/** Builds unless what is built is newer than every source; a packaged program has no sources. Ends with 1 when it cannot be built. */
function buildWhenStale(node) {
  if (!fs.existsSync(path.join(root, 'electron.vite.config.ts')) || !isStale()) return
  withLock(path.join(root, 'node_modules', '.stationmaster-build'), function () {
    if (!isStale()) return
    say('Building Stationmaster …')
    var startedAt = new Date()
    var vite = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    var result = childProcess.spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    if (result.status !== 0) {
      say((result.stdout || '') + (result.stderr || '') + 'Stationmaster could not be built: see above, and try `npm ci`.')
      process.exit(1)
    }
    fs.writeFileSync(built('.complete'), '')
    // Of when the build began: what is edited while it runs is newer than this, and is built the next time.
    fs.utimesSync(built('.complete'), startedAt, startedAt)
  })
}

/** One at a time: the lock is a folder with the owner's process id, and one whose owner is gone counts for nothing. */
function withLock(folder, work) {
  var owner = path.join(folder, 'pid')
  for (;;) {
    try {
      fs.mkdirSync(folder)
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (isAbandoned(folder, owner)) remove(folder, owner)
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  }
  try {
    fs.writeFileSync(owner, String(process.pid))
    work()
  } finally {
    remove(folder, owner)
  }
}

function isAbandoned(folder, owner) {
  try {
    process.kill(Number(fs.readFileSync(owner, 'utf8')), 0)
    return false
  } catch (error) {
    // ESRCH: the owner has died. ENOENT: it has not written its id yet, unless it never will.
    return error.code === 'ESRCH' || (error.code === 'ENOENT' && Date.now() - newestMs(folder) > 10000)
  }
}

function remove(folder, owner) {
  try {
    fs.unlinkSync(owner)
    fs.rmdirSync(folder)
  } catch (_error) {
    // Somebody else was quicker.
  }
}

/** Runs the program in place of this one: same streams, signals passed on, its exit code given. */
function handOver(command, args) {
  var child = childProcess.spawn(command, args, { stdio: 'inherit' })
  var signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  // A terminal sends Ctrl-C to every process of the group by itself; a second one would mean "never mind the order, stop".
  var hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  signals.forEach(function (signal) {
    process.on(signal, function () {
      if (signal !== 'SIGINT' || !hasTerminal) child.kill(signal)
    })
  })
  child.on('error', function (error) {
    say(error.message)
    process.exit(1)
  })
  child.on('exit', function (code, signal) {
    if (!signal) return process.exit(code)
    signals.forEach(function (name) {
      process.removeAllListeners(name)
    })
    process.kill(process.pid, signal)
  })
}

module.exports = { root: root, say: say, built: built, collectorFlags: collectorFlags, requireNode: requireNode, buildWhenStale: buildWhenStale, handOver: handOver }
