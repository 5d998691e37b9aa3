import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { GraphBuilder, type Value } from '../../../src-main/learning/onnx/graphBuilder.ts'
import { boxMean, combine, concat, convolve, gather, largest, lengthOf, matMul, padReflected, poolMean, reduceMean, slice, transpose } from '../../../src-main/learning/onnx/operators.ts'

/** Runs a graph of one input [shape] and gives its result; onnxruntime refuses a declared shape that is wrong. */
async function run(input: readonly number[], shape: readonly number[], graph: (g: GraphBuilder, x: Value) => Value): Promise<number[]> {
  const g = new GraphBuilder('test')
  g.output('y', graph(g, g.input('x', 'float', shape)))
  const session = await InferenceSession.create(g.build(), { logSeverityLevel: 3 })
  const { y } = await session.run({ x: new Tensor('float32', Float32Array.from(input), shape) })
  return Array.from(y!.data as Float32Array)
}

const image = Array.from({ length: 36 }, (_, i) => i * i)

describe('an ONNX graph', () => {
  it('mirrors at the border without repeating it', async () => {
    expect((await run([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 3, 3], (g, x) => padReflected(g, x, 2))).slice(0, 7)).toEqual([9, 8, 7, 8, 9, 8, 7])
  })

  it('averages over the neighbours that exist', async () => {
    expect(await run([1, 2, 3, 4], [1, 1, 2, 2], (g, x) => boxMean(g, x))).toEqual([2.5, 2.5, 2.5, 2.5])
  })

  it('pools, convolves and multiplies with the shapes it declares', async () => {
    expect(await run(image, [1, 1, 6, 6], (g, x) => poolMean(g, x, 3))).toHaveLength(4)
    expect(await run(image, [1, 1, 6, 6], (g, x) => convolve(g, x, g.floats([1, 1], [1, 1, 1, 2])))).toHaveLength(30)
    expect(await run([1, 2, 3, 4], [2, 2], (g, x) => matMul(g, x, g.floats([1, 1], [2, 1])))).toEqual([3, 7])
  })

  it('slices, joins and turns', async () => {
    const turned = await run([1, 2, 3, 4, 5, 6], [2, 3], (g, x) => transpose(g, concat(g, [slice(g, x, 1, 2, 3), slice(g, x, 1, 0, 2)], 1), [1, 0]))
    expect(turned).toEqual([3, 6, 1, 4, 2, 5])
  })

  it('finds the largest, and lengths', async () => {
    expect(await run([3, 9, 4, 7], [4], (g, x) => gather(g, x, largest(g, x, 3).places))).toEqual([9, 7, 4])
    expect(await run([3, 4, 6, 8], [2, 2], (g, x) => lengthOf(g, x))).toEqual([5, 10])
    expect(await run([1, 2, 3, 6], [4], (g, x) => reduceMean(g, x, [0]))).toEqual([3])
  })

  it('refuses at building time what cannot be combined', () => {
    const g = new GraphBuilder('test')
    expect(() => combine(g, 'Add', g.input('a', 'float', [2, 3]), g.input('b', 'float', [2, 2]))).toThrow('[2, 3] does not broadcast with [2, 2]')
    expect(() => g.floats([1, 2, 3], [2, 2])).toThrow('3 numbers do not fill [2, 2]')
  })

  it('has the same bytes when it is built the same way', () => {
    const build = (): Uint8Array => {
      const g = new GraphBuilder('test')
      g.output('y', poolMean(g, g.input('x', 'float', [1, 1, 4, 4]), 2))
      return g.build({ key: 'value' })
    }
    expect(Buffer.compare(build(), build())).toBe(0)
  })
})
