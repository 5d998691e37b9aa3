import { connect } from './client/connect.ts'
import { mountApp } from './mountApp.tsx'

mountApp(document.getElementById('root')!, connect())
