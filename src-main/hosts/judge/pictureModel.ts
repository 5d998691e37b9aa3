import type { RegionId } from '../../domain/ids.ts'
import { succeed } from '../../domain/result.ts'
import type { ModelPort } from '../../ports/model.ts'
import { pictureSidePx, readPixels } from './partPicture.ts'

const provider = 'judge'

/** A model twin that answers by what the picture says of its part: 0 for good, 1 for defective. What is wrong with the answer is in the picture. */
export const pictureModel = (): ModelPort => ({
  load: async (sha256) => succeed({ sha256, provider, passedOver: [], inputWidthPx: pictureSidePx, inputHeightPx: pictureSidePx, mapWidth: 1, mapHeight: 1, warmUpMs: 0 }),
  unloadAll: async () => undefined,
  run: async (crops) =>
    succeed(crops.map(({ regionId, model, data }) => {
      const score = readPixels(data, 3).looksDefective ? 1 : 0
      return { regionId: regionId as RegionId, model, score, heat: Float32Array.of(score), mapWidth: 1, mapHeight: 1, embedding: new Float32Array(1), nearest: [0], provider, modelMs: 0 }
    })),
  detect: async () => succeed([]),
  providers: () => [provider],
  health: () => ({ status: 'ok', detail: provider }),
  onHealth: () => () => undefined,
  close: async () => undefined,
})
