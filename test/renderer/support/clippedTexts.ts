import type { Page } from 'playwright-core'

/** Texts that nobody can read to the end: cut by a box around them, or outside the window. Empty when all is well. */
export const clippedTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const toleranceDxPx = 1.5
    const clipped: string[] = []
    const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim()
      const parent = node.parentElement!
      if (!text || parent.closest('.visuallyHidden') || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const line of range.getClientRects()) {
        let box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
        for (let around: HTMLElement | null = parent; around; around = around.parentElement) {
          if (getComputedStyle(around).overflow === 'visible') continue
          const edge = around.getBoundingClientRect()
          box = { left: Math.max(box.left, edge.left), top: Math.max(box.top, edge.top), right: Math.min(box.right, edge.right), bottom: Math.min(box.bottom, edge.bottom) }
        }
        // The middle of a line is its letters; what is above and below is leading, which may be trimmed.
        const middle = (line.top + line.bottom) / 2
        if (line.left < box.left - toleranceDxPx || line.right > box.right + toleranceDxPx || middle < box.top || middle > box.bottom) {
          clipped.push(text)
          break
        }
      }
    }
    return clipped
  })
