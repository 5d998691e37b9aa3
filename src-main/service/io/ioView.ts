import type { Fault } from '../../domain/fault.ts'
import type { RegisterRow } from '../../domain/lineSignals.ts'
import type { StationMode } from '../../domain/station.ts'
import type { LineTiming } from '../../station/lineBudget.ts'
import type { IoView, LatencyFigures as LatencyView, LoopReport as LoopView } from '../../../src-preload/contract/io.ts'
import type { JobView } from '../../../src-preload/contract/views.ts'
import type { HandSwitches } from './handSwitches.ts'
import type { OpenLink } from './sharedLink.ts'
import type { LatencyFigures } from './latencyFigures.ts'
import type { PartScope } from './partScope.ts'
import { loopKindOf, type LoopReport } from './runLoops.ts'
import type { LinkReport, LinkStep } from './testLink.ts'

export interface IoScene {
  readonly mode: StationMode
  readonly link: OpenLink | null
  readonly switches: HandSwitches
  readonly scope: PartScope
  readonly registers: readonly RegisterRow[]
  readonly registersFault: Fault | null
  readonly timing: LineTiming
  readonly loops: LoopReport | null
  readonly linkTest: LinkReport | null
  readonly linkStep: LinkStep | null
  readonly jobs: readonly JobView[]
}

/** What the I/O screen shows, derived whole. Whose arming it is, each screen is told for itself. */
export function viewIo({ mode, link, switches, scope, registers, registersFault, timing, loops, linkTest, linkStep, jobs }: IoScene): IoView {
  const leftMs = switches.armedLeftMs
  return {
    plc: link && { target: link.target, isSimulated: link.plc.isSimulated, health: link.plc.health(), loops: loopKindOf(link.wiring.line) },
    isRunning: mode === 'running',
    armed: leftMs === null ? null : { leftMs, byThisScreen: false },
    registers: [...registers],
    registersFault,
    forced: [...switches.on],
    parts: [...scope.parts],
    decisionMs: viewLatency(scope.decisionMs),
    outputMs: viewLatency(scope.outputMs),
    timing,
    belt: link?.wiring.line?.belt ?? null,
    reject: link?.wiring.outputs.reject ?? null,
    encoder: link?.wiring.line?.encoder ?? null,
    loops: loops && viewLoops(loops),
    link: linkTest,
    linkStep,
    jobs: [...jobs],
  }
}

const viewLatency = (figures: LatencyFigures | null): LatencyView | null =>
  figures && { ...figures, histogram: { ...figures.histogram, counts: [...figures.histogram.counts] } }

const viewLoops = ({ loops, latencyMs, ...report }: LoopReport): LoopView => ({
  ...report,
  latencyMs: viewLatency(latencyMs),
  fault: loops.find((loop) => loop.fault)?.fault ?? null,
})
