import type { PartId } from '../domain/ids.ts'
import type { StopLimits } from '../domain/lineSettings.ts'
import type { LineCommand } from '../domain/lineSignals.ts'
import type { ControlHolder, StopReason } from '../domain/station.ts'
import type { ClockPort } from '../ports/clock.ts'
import type { Line } from './line.ts'
import { freshControl, hearCommand, type LineControl } from './lineControl.ts'
import { clearStopRequest, freshTally, requestStop, takeBackPass, tallyResult, type LineTally } from './lineTally.ts'

/** What the station holds beside its state, from one start of the program to the next: the tally of its parts, the stop request, who commands. */
export class LineDesk {
  readonly #clock: ClockPort
  #tally: LineTally = freshTally
  #control: LineControl

  constructor(clock: ClockPort, holder: ControlHolder) {
    this.#clock = clock
    this.#control = { ...freshControl, holder }
  }

  get tally(): LineTally { return this.#tally }
  get control(): LineControl { return this.#control }

  setControl(holder: ControlHolder): void { this.#control = { ...this.#control, holder } }

  /** True when the PLC may have the fault cleared, and asks for it. */
  hear(command: LineCommand): boolean {
    const { control, clearsFault } = hearCommand(this.#control, command)
    this.#control = control
    return clearsFault
  }

  /** What a line with these limits tells of its parts. */
  follow(limits: StopLimits | undefined): Pick<Line, 'onPublished' | 'onTakenBack' | 'onStopNeeded'> {
    return {
      onPublished: (result) => { this.#tally = tallyResult(this.#tally, result, limits) },
      onTakenBack: (result) => { this.#tally = takeBackPass(this.#tally, result, limits) },
      onStopNeeded: (reason, partId) => { this.requestStop(reason, partId) },
    }
  }

  requestStop(reason: StopReason, partId: PartId | null): void { this.#tally = requestStop(this.#tally, reason, { partId, wallTime: this.#clock.wallTime() }) }

  clearStopRequest(): void { this.#tally = clearStopRequest(this.#tally) }
}
