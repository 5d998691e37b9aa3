// `npm start`. Any Node can read this file; the one that came with the packages does the rest.
'use strict'

var path = require('path')
var launch = require('./launch.cjs')

launch.requireNode(function (node) {
  if (node === process.execPath) require('./startStation.cjs').startStation(process.argv.slice(2))
  else launch.handOver(node, [path.join(__dirname, 'start.cjs')].concat(process.argv.slice(2)))
})
