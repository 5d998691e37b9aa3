/// <reference types="vite/client" />
import { mountApp } from '../../../src-renderer/mountApp.tsx'
import { scenes, type SceneName } from './scenes.ts'
import { createScriptedStation, type ScriptedStation } from './scriptedStation.ts'

declare global {
  interface Window {
    /** Tests steer the station from here. */
    scripted: ScriptedStation
    playScene(name: SceneName): void
  }
}

const scene = (new URLSearchParams(window.location.search).get('scene') ?? 'running') as SceneName
window.scripted = createScriptedStation(scenes[scene]())
window.playScene = (name) => window.scripted.setStation(scenes[name]().station)
mountApp(document.getElementById('root')!, window.scripted.client)
