import { Writable } from 'node:stream'

/** For commands whose own output says what matters: the station's log goes nowhere. */
export const quietSink = new Writable({ write: (_chunk, _encoding, done) => { done() } })
