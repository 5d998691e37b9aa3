#!/usr/bin/env node
// The command `stationmaster`. Written so that any Node, however old, can read it: it finds the Node that came with the packages,
// builds when the sources are newer than what was built, and hands over. Its own words go to stderr; stdout belongs to the command.
'use strict'

var launch = require('./launch.cjs')

launch.requireNode(function (node) {
  launch.buildWhenStale(node)
  launch.handOver(node, launch.collectorFlags.concat(launch.built('main/cli.js'), process.argv.slice(2)))
})
