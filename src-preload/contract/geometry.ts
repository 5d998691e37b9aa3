/** The domain's geometry, as screens need it: one truth about what a region covers, whoever asks. */
export { areaOf, contains, cornersOf, selfCrossing, type Point, type Polygon, type Rectangle, type Shape } from '../../src-main/domain/geometry.ts'
export type { RegionId } from '../../src-main/domain/ids.ts'
export { alignmentDefaults, placePoint, type Pose } from '../../src-main/domain/alignment.ts'
