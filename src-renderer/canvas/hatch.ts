let tile: HTMLCanvasElement | undefined

/** Diagonal stripes that say: not looked at. Painted once. Konva wants an image, and takes a canvas for one. */
export function hatch(): HTMLImageElement {
  tile ??= paintHatch()
  return tile as unknown as HTMLImageElement
}

function paintHatch(): HTMLCanvasElement {
  const size = 10
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size })
  const context = canvas.getContext('2d')!
  context.fillStyle = 'rgba(32, 36, 40, 0.5)'
  context.fillRect(0, 0, size, size)
  context.strokeStyle = 'rgba(255, 255, 255, 0.55)'
  context.lineWidth = 2
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, size)
    context.lineTo(shift + size, 0)
  }
  context.stroke()
  return canvas
}
