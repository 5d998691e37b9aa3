import { placePoint, type Pose } from '../domain/alignment.ts'
import type { Reading } from '../domain/verdict.ts'

/** Readings of a straightened part, in coordinates of the picture it was seen in; a turn and a shift leave areas as they are. */
export const placeReadings = (readings: readonly Reading[], pose: Pose | undefined): readonly Reading[] =>
  pose ? readings.map((reading) => ({ ...reading, peak: placePoint(reading.peak, pose), heatmap: { ...reading.heatmap, pose } })) : readings
