// Chooses the desktop application or the loopback host, and starts it.
'use strict'

const { parseArgs } = require('node:util')
const launch = require('./launch.cjs')
const { electronTrouble, electronBinary } = require('./electronBinary.cjs')

const usage = `npm start -- [--host electron|loopback] [--port N] [--data DIR] [--demo] [--no-open]
  --host     electron: the desktop application; loopback: the same screens in a browser on this machine.
             Left out: electron where it can be had.
  --port N   the loopback host's port; any free one when left out. Chooses the loopback host.
  --data DIR where everything is kept; the platform's data folder when left out
  --demo     start with the simulated station
  --no-open  do not open a browser`

exports.startStation = function startStation(args) {
  const flags = readFlags(args)
  if (!flags) return
  const hostArgs = [...(flags.data === undefined ? [] : ['--data', flags.data]), ...(flags.demo ? ['--demo'] : [])]

  const host = flags.host ?? (flags.port === undefined ? undefined : 'loopback')
  const trouble = host === 'loopback' ? undefined : electronTrouble({ isAsked: host === 'electron' })
  if (host === 'electron' && trouble) {
    launch.say(`The desktop application cannot open: ${trouble.why}. ${trouble.remedy}`)
    process.exitCode = 1
    return
  }
  launch.buildWhenStale(process.execPath)
  if (host !== 'loopback' && !trouble) {
    launch.handOver(electronBinary(), [launch.root, ...hostArgs])
    return
  }
  if (trouble) launch.say(`The desktop application cannot open here because ${trouble.why}; the same screens are at this address in a browser on this machine:`)
  const port = flags.port === undefined ? [] : ['--port', flags.port]
  launch.handOver(process.execPath, [...launch.collectorFlags, launch.built('main/loopback.js'), ...hostArgs, ...port, ...(flags.open ? ['--open'] : [])])
}

/** The flags, or undefined after saying what is wrong with them (exit code 2) or what they are. */
function readFlags(args) {
  try {
    const { values } = parseArgs({
      args,
      allowNegative: true,
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        demo: { type: 'boolean', default: false },
        open: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) {
      process.stdout.write(`${usage}\n`)
      return undefined
    }
    if (!['electron', 'loopback', undefined].includes(values.host)) throw new Error(`--host takes electron or loopback, not ${values.host}`)
    if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) throw new Error(`--port takes a number, not ${values.port}`)
    if (values.port !== undefined && values.host === 'electron') throw new Error('--port is for the loopback host; the desktop application has none')
    return values
  } catch (error) {
    launch.say(`${error.message}\n${usage}`)
    process.exitCode = 2
    return undefined
  }
}
