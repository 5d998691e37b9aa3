// `npm run build`: builds what the sources have outgrown.
'use strict'

var launch = require('./launch.cjs')

launch.requireNode(launch.buildWhenStale)
