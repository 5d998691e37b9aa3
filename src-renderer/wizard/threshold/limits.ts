/** What is edited here of a region's limits, and why. */
export interface Limits {
  readonly failAbove: number
  readonly unsureAbove: number
  readonly minAreaPx: number
  readonly reason?: string
  readonly costRatio?: number
}

export interface LimitMoves {
  moveFail(value: number): void
  moveUnsure(value: number): void
  setBand(isOn: boolean): void
  setArea(minAreaPx: number): void
  setReason(reason: string): void
  /** A line proposed by cost; moving it by hand forgets what it was proposed for. */
  takeProposal(line: number, costRatio: number): void
}

/** How far below the fail line the unsure line begins when it is switched on. */
const firstBand = 0.9

/** Each move starts from what is shown at that moment, so these never change while a line is dragged. */
export function limitMoves(held: { readonly value: Limits; change(limits: Limits): void }): LimitMoves {
  const byHand = (): Limits => {
    const { costRatio: _costRatio, ...limits } = held.value
    return limits
  }
  const failAt = (value: number): Limits => {
    const limits = byHand()
    const hasBand = limits.unsureAbove < limits.failAbove
    return { ...limits, failAbove: value, unsureAbove: hasBand ? Math.min(limits.unsureAbove, value) : value }
  }
  return {
    moveFail: (value) => held.change(failAt(value)),
    moveUnsure: (value) => held.change({ ...byHand(), unsureAbove: Math.min(value, held.value.failAbove) }),
    setBand: (isOn) => held.change({ ...byHand(), unsureAbove: held.value.failAbove * (isOn ? firstBand : 1) }),
    setArea: (minAreaPx) => held.change({ ...held.value, minAreaPx }),
    setReason(text) {
      const { reason: _reason, ...limits } = held.value
      held.change(text.trim() === '' ? limits : { ...limits, reason: text })
    },
    takeProposal: (line, costRatio) => held.change({ ...failAt(line), unsureAbove: line, costRatio }),
  }
}
