import type { Alignment, AlignmentLesson, Pose } from '../../../domain/alignment.ts'
import type { PixelImage } from '../../../domain/frame.ts'
import type { Result } from '../../../domain/result.ts'
import { alignPart } from './alignPart.ts'
import { loadOpenCv, type Cv } from './openCv.ts'
import { prepareTemplate, type PreparedTemplate } from './prepareTemplate.ts'
import { teachAlignment } from './teachAlignment.ts'

export interface Aligner {
  align(image: PixelImage, alignment: Alignment): Promise<Result<Pose>>
  teach(golden: PixelImage, lesson: AlignmentLesson): Promise<Result<Alignment>>
}

/** Alignment inside the pixels thread. OpenCV is loaded by the first call, and the last template stays prepared: a line has one. */
export function openAligner(): Aligner {
  let ready: { readonly pixels: string; readonly template: PreparedTemplate } | undefined
  const templateOf = (cv: Cv, alignment: Alignment): PreparedTemplate => {
    const { pixels } = alignment.template
    if (ready?.pixels !== pixels) {
      ready?.template.free()
      ready = undefined
      ready = { pixels, template: prepareTemplate(cv, alignment.template) }
    }
    return ready.template
  }
  return {
    async align(image, alignment) {
      const cv = await loadOpenCv()
      return alignPart(cv, image, alignment, templateOf(cv, alignment))
    },
    teach: async (golden, lesson) => teachAlignment(await loadOpenCv(), golden, lesson),
  }
}
