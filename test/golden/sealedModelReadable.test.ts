import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { enrolHere, wholeRegion } from '../support/enrolledModel.ts'
import { texturedCrops } from '../support/texturedCrops.ts'

/** Reads the file with the ONNX project's own Python package (Debian: python3-onnx). */
const readWithStockTools = `
import json, onnx, sys
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
declared = {v.name: [d.dim_value for d in v.type.tensor_type.shape.dim] for v in model.graph.value_info}
del model.graph.value_info[:]
inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
values = lambda items: {v.name: [v.type.tensor_type.elem_type, [d.dim_value for d in v.type.tensor_type.shape.dim]] for v in items}
agree = all(declared[name] == shape for name, (_, shape) in values(inferred.graph.value_info).items())
print(json.dumps({
  'inputs': values(model.graph.input), 'outputs': values(model.graph.output), 'agree': agree, 'inferred': len(inferred.graph.value_info), 'declared': len(declared),
  'ir': model.ir_version, 'opset': [[o.domain, o.version] for o in model.opset_import],
  'external': sum(t.data_location == 1 for t in model.graph.initializer), 'metadata': {p.key: p.value for p in model.metadata_props},
}))
`

describe('a sealed model', () => {
  it('is read and checked by stock ONNX tools, every shape fixed', async () => {
    const { modelBytes } = await enrolHere(wholeRegion(texturedCrops(20, { widthPx: 96, heightPx: 64 }), 96, 64), 5)
    const directory = mkdtempSync(join(tmpdir(), 'sealed-'))
    try {
      const path = join(directory, 'model.onnx')
      writeFileSync(path, modelBytes)
      const seen = JSON.parse(execFileSync('/usr/bin/python3', ['-c', readWithStockTools, path], { encoding: 'utf8' })) as Record<string, unknown>
      expect(seen).toMatchObject({
        inputs: { crop: [2, [1, 64, 96, 3]] },
        outputs: { score: [1, [1]], heatmap: [1, [1, 1, 8, 12]], embedding: [1, [1, 64]], nearest: [7, [1, 5]] },
        agree: true, ir: 8, opset: [['', 17]], external: 0,
        metadata: {
          'stationmaster.format': '1', 'stationmaster.method': 'padim', 'stationmaster.features': 'filterBank-1',
          'stationmaster.seed': '5', 'stationmaster.baselineImages': '20',
        },
      })
      expect(seen['inferred']).toBe(seen['declared'])
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
