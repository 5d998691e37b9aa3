import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { OpenGraph, Tensor } from '../../learning/learningTools.ts'

/** Opens graphs on the CPU. Its threads sleep rather than spin while they wait: other processes share these cores. */
export const onnxGraphOpener = (threads: number): OpenGraph => async (model) => {
  const session = await InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  return async (inputs) => {
    const feeds = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, ortTensorOf(tensor)]))
    const outputs = await session.run(feeds)
    return Object.fromEntries(Object.entries(outputs).flatMap(([name, { data }]) => (data instanceof Float32Array ? [[name, data]] : [])))
  }
}

const ortTensorOf = (tensor: Tensor): OrtTensor =>
  tensor.type === 'uint8' ? new OrtTensor('uint8', tensor.data, tensor.shape) : new OrtTensor('float32', tensor.data, tensor.shape)
