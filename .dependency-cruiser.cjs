// The rooms of README.md and who may know whom. `npm run rooms` checks it; every message says why, and what to do instead.
// Each rule is shown to fail in test/unit/architecture/rooms.test.ts.
'use strict'

const domain = '^src-main/domain/'
const ports = '^src-main/ports/'
const room = (name) => `^src-main/${name}/`
const packages = (...names) => `^node_modules/(${names.join('|')})/`

/** The room may know itself and what is listed, of this program, of npm and of Node alike. */
const only = (name, from, allowed, comment) => ({ name, comment, severity: 'error', from: { path: from }, to: { pathNot: [from, ...allowed] } })

/** Rooms that may know what the world owes them, but never hold a piece of it. */
const typesOnly = (name) => ({
  name: `${name}-knows-ports-as-types`,
  comment: `${name} may say what it needs from the world, not reach for it: use \`import type\`, and let the port come in as an argument.`,
  severity: 'error',
  from: { path: room(name) },
  to: { path: ports, dependencyTypesNot: ['type-only'] },
})

/** A native package has one door, so that it can be replaced, simulated and kept off the main loop in one place. */
const oneDoor = (name, door) => ({
  name: `one-door-for-${name}`,
  comment: `${name} is native or belongs to one process: only ${door} may import it. Everybody else goes through the port that this folder serves.`,
  severity: 'error',
  from: { pathNot: door },
  to: { path: packages(name) },
})

module.exports = {
  forbidden: [
    only('domain-knows-nothing', domain, [], 'The domain is nouns and rules that any runtime can run: it imports nothing. Move what needs more to the room that needs it.'),
    only('ports-know-the-domain', ports, [domain], 'A port says what is needed in words of the domain. An implementation, a library or a helper belongs in adapters/.'),
    only('pipeline-is-pure', room('pipeline'), [domain, ports, packages('ml-matrix')], 'From frame to verdict nothing is read, drawn or asked: give it as an argument. A pure JavaScript library may be added to this list.'),
    only('learning-is-pure', room('learning'), [domain, ports, packages('canonicalize', 'ml-matrix', 'protobufjs', 'pure-rand')], 'Learning gives the same model for the same images and seed: what it needs comes as an argument. A pure JavaScript library may be added to this list.'),
    only('station-is-pure', room('station'), [domain, ports, room('pipeline')], 'The station decides; time, files and devices come through ports. Put an effect into an adapter, and a decision here.'),
    only('monitoring-steers-nothing', room('monitoring'), [domain, ports], 'Monitoring reads inspections and steers nothing: it must not know the station. Hand it what it shall look at.'),
    only('records-know-the-domain', room('records'), [domain, ports, packages('canonicalize')], 'Records say what is kept and how it reads; where it is kept is the evidence adapter.'),
    ...['pipeline', 'learning', 'station', 'monitoring', 'records'].map(typesOnly),
    {
      name: 'adapters-know-no-rooms',
      comment: 'An adapter serves a port and can be replaced by its twin: it knows the domain, the ports and lanes. What decides anything belongs in pipeline/ or station/.',
      severity: 'error',
      from: { path: room('adapters'), pathNot: room('adapters/(pixels|learner|camera/world)') },
      to: { path: '^src-', pathNot: [domain, ports, room('adapters')] },
    },
    {
      name: 'helpers-run-pure-rooms',
      comment: 'The pixels thread, the world thread and the learner process run pure work of pipeline/ and learning/ beside the main loop; they know no other room.',
      severity: 'error',
      from: { path: room('adapters/(pixels|learner|camera/world)') },
      to: { path: '^src-', pathNot: [domain, ports, room('adapters'), room('pipeline'), room('learning')] },
    },
    {
      name: 'adapters-stand-alone',
      comment: 'Adapters of different ports know nothing of each other, or replacing one would break another. What they share is a port, the domain or adapters/lane.',
      severity: 'error',
      from: { path: '^src-main/adapters/([^/]+)/' },
      to: { path: room('adapters'), pathNot: ['^src-main/adapters/$1/', room('adapters/lane')] },
    },
    {
      name: 'service-opens-nothing',
      comment: 'Handlers answer the contract with what they are given. A file, a device or a process is opened in hosts/ and comes in through a port.',
      severity: 'error',
      from: { path: room('service') },
      to: { path: ['^src-main/(adapters|hosts|pipeline)/', '^src-renderer/'], pathNot: [room('service')] },
    },
    {
      name: 'service-touches-no-world',
      comment: 'Files, sockets, processes and timers come through ports, so that every handler can be tested without them.',
      severity: 'error',
      from: { path: room('service') },
      to: { dependencyTypes: ['core'], pathNot: '^(crypto|util)$' },
    },
    {
      name: 'nobody-knows-hosts',
      comment: 'Hosts put the program together; a room that imports one could not be put together any other way. Take what you need as an argument.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: ['^src-main/(hosts/|index\\.ts$|cli\\.ts$)'] },
      to: { path: room('hosts') },
    },
    only('contract-knows-the-domain', '^src-preload/contract/', [domain, packages('@orpc/contract', 'zod')], 'The contract is read by both sides: it may know the domain and the schema library, nothing that only one side has.'),
    {
      name: 'preload-hands-over',
      comment: 'The preload runs with more rights than the page: it hands over a port and knows nothing else. Logic belongs in the main process or in the page.',
      severity: 'error',
      from: { path: '^src-preload/index\\.ts$' },
      to: { pathNot: packages('electron') },
    },
    {
      name: 'renderer-asks-the-contract',
      comment: 'A screen knows what it may ask and hear (src-preload/contract), never how it is done. Add what is missing to the contract, as a schema.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: ['^src-main/', '^src-preload/index\\.ts$'] },
    },
    {
      name: 'renderer-runs-in-a-browser',
      comment: 'The page is sandboxed and also runs in an ordinary browser: nothing of the server side exists there. Ask the station through the contract.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: packages('electron', '@orpc/server', 'fastify', 'ws', 'env-paths', 'commander') },
    },
    {
      name: 'renderer-has-no-node',
      comment: 'The page runs in a browser, where no module of Node exists. Ask the station through the contract.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'main-knows-no-screen',
      comment: 'Screens come and go; the main process serves the contract to whoever asks.',
      severity: 'error',
      from: { path: '^src-(main|preload)/' },
      to: { path: '^src-renderer/' },
    },
    oneDoor('sharp', '^src-main/adapters/pixels/'),
    oneDoor('@opencvjs/node', '^src-main/adapters/pixels/'),
    oneDoor('onnxruntime-node', '^src-main/adapters/(model|learner)/'),
    oneDoor('serialport', '^src-main/adapters/plc/'),
    oneDoor('modbus-serial', '^src-main/adapters/plc/'),
    oneDoor('better-sqlite3', '^src-main/adapters/evidence/'),
    oneDoor('pdfkit', '^src-main/adapters/report/'),
    oneDoor('chokidar', '^src-main/adapters/camera/'),
    oneDoor('electron', '^(src-main/hosts/electronHost|src-preload/index)\\.ts$'),
    oneDoor('fastify', '^src-main/hosts/loopbackHost\\.ts$'),
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one thought in two files: join them, or take what both need out of them.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packaged-needs-dependencies',
      comment: 'devDependencies are not in the packaged application: what the main process imports belongs in "dependencies".',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: [packages('electron')] },
    },
    {
      name: 'everything-resolves',
      comment: 'The import leads nowhere: a typing error, or a package that is not in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '^node_modules/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
