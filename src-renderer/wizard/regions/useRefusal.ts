import { useTranslation } from 'react-i18next'
import type { Shape } from '../../../src-preload/contract/geometry.ts'
import { useEditor } from '../../canvas/EditorContext.ts'
import type { ShapeRef } from '../../canvas/editorDocument.ts'
import { shapeTroubles } from '../../canvas/shapeTrouble.ts'

/** Why a typed shape will not do, in words; undefined when it will. */
export function useRefusal(ref: ShapeRef): (shape: Shape) => string | undefined {
  const { t } = useTranslation('wizard')
  const frame = useEditor((editor) => editor.frame)
  return (shape) => {
    const [trouble] = shapeTroubles(shape, frame, ref.mask === null ? 'region' : 'mask')
    return trouble && t(`trouble.${trouble.code}`, { ...trouble.params })
  }
}
