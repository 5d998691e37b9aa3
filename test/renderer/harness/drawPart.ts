import type { Pose } from '../../../src-preload/contract/geometry.ts'

/** A drawn machined plate, 640 × 480, that differs a little from part to part; `scratch` is where its defect lies, `pose` how it lies itself. */
export async function drawPart(sequence: number, scratch?: { x: number; y: number }, pose?: Pose): Promise<Blob> {
  const canvas = new OffscreenCanvas(640, 480)
  const g = canvas.getContext('2d')!
  const shift = { x: ((sequence * 37) % 9) - 4, y: ((sequence * 53) % 7) - 3 }
  g.fillStyle = '#2b2f33'
  g.fillRect(0, 0, 640, 480)
  g.translate(320 + (pose?.dxPx ?? shift.x), 240 + (pose?.dyPx ?? shift.y))
  g.rotate(pose ? (pose.rotationDeg * Math.PI) / 180 : (((sequence * 29) % 11) - 5) * 0.004)
  drawPlate(g)
  if (scratch) drawScratch(g, scratch.x - 320, scratch.y - 240)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
}

function drawPlate(g: OffscreenCanvasRenderingContext2D): void {
  const metal = g.createLinearGradient(-240, -180, 240, 180)
  metal.addColorStop(0, '#8d949a')
  metal.addColorStop(0.5, '#b9bfc4')
  metal.addColorStop(1, '#868d93')
  g.fillStyle = metal
  g.beginPath()
  g.roundRect(-240, -180, 480, 360, 26)
  g.fill()
  g.globalAlpha = 0.06
  for (let y = -178; y < 178; y += 2) {
    g.fillStyle = y % 6 ? '#fff' : '#000'
    g.fillRect(-238, y, 476, 1)
  }
  g.globalAlpha = 1
  for (const [x, y, r] of [[-185, -125, 26], [185, -125, 26], [-185, 125, 26], [185, 125, 26], [0, 0, 78]] as const) drawHole(g, x, y, r)
}

function drawHole(g: OffscreenCanvasRenderingContext2D, x: number, y: number, radius: number): void {
  g.fillStyle = '#d9dde0'
  g.beginPath()
  g.arc(x, y, radius + 5, 0, 7)
  g.fill()
  g.fillStyle = '#1f2326'
  g.beginPath()
  g.arc(x, y, radius, 0, 7)
  g.fill()
}

function drawScratch(g: OffscreenCanvasRenderingContext2D, x: number, y: number): void {
  g.strokeStyle = '#e9edf0'
  g.lineWidth = 2.5
  g.beginPath()
  g.moveTo(x - 34, y + 16)
  g.quadraticCurveTo(x, y - 8, x + 38, y - 18)
  g.stroke()
  g.strokeStyle = '#4b5157'
  g.lineWidth = 1.2
  g.beginPath()
  g.moveTo(x - 34, y + 18)
  g.quadraticCurveTo(x, y - 6, x + 38, y - 16)
  g.stroke()
}
