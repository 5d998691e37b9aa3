import { Line } from 'react-konva'
import { cornersOf, type Shape } from '../../src-preload/contract/geometry.ts'
import { hatch } from './hatch.ts'

export type Look = 'region' | 'alignment' | 'selected' | 'mask' | 'drawn' | 'wrong'

/** On pictures of any brightness: a light line with a dark one under it. Wrong is dashed, masks are hatched; colour only adds to that. */
const looks: Readonly<Record<Look, { stroke: string; under: string; width: number; dash?: number[]; fill?: string }>> = {
  region: { stroke: '#FFFFFF', under: '#202428', width: 1.75 },
  alignment: { stroke: '#FFE08A', under: '#3A2A00', width: 1.75, dash: [12, 4, 2, 4] },
  selected: { stroke: '#7FB8FF', under: '#0A2540', width: 3, fill: 'rgba(127, 184, 255, 0.12)' },
  mask: { stroke: '#FFFFFF', under: '#202428', width: 1.5, dash: [5, 4] },
  drawn: { stroke: '#7FB8FF', under: '#0A2540', width: 2.5, fill: 'rgba(127, 184, 255, 0.15)' },
  wrong: { stroke: '#FF8A7A', under: '#5A0F0A', width: 3, dash: [10, 6], fill: 'rgba(255, 138, 122, 0.18)' },
}

export function Outline({ shape, scale, look }: { shape: Shape; scale: number; look: Look }) {
  const points = cornersOf(shape).flatMap(({ x, y }) => [x, y])
  const { stroke, under, width, dash, fill } = looks[look]
  const line = { points, closed: true, strokeScaleEnabled: false, perfectDrawEnabled: false, listening: false } as const
  return (
    <>
      <Line {...line} stroke={under} strokeWidth={width + 2.5} fill={fill} {...(look === 'mask' && { fillPatternImage: hatch(), fillPatternScale: { x: 1 / scale, y: 1 / scale } })} />
      <Line {...line} stroke={stroke} strokeWidth={width} dash={dash} />
    </>
  )
}
