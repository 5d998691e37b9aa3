import protobuf from 'protobufjs/minimal.js'

type Message = 'model' | 'graph' | 'node' | 'attribute' | 'sparseTensor' | 'training' | 'function' | 'tensor'

/** Field numbers of onnx.proto3 (IR version 13) by which a message holds others that may hold a tensor. */
const children: Readonly<Record<Message, Readonly<Record<number, Message>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparseTensor' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparseTensor', 23: 'sparseTensor' },
  sparseTensor: { 1: 'tensor', 2: 'tensor' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node' },
  tensor: {},
}
const externalDataField = 13
const dataLocationField = 14
const lengthDelimited = 2

/**
 * Whether any tensor of an ONNX model keeps its values in another file: such a model is not sealed, as its hash does not cover them,
 * and onnxruntime would read them from the working directory. Walks the bytes without copying. Throws on what is no protobuf.
 */
export function usesExternalData(model: Uint8Array): boolean {
  const reader = protobuf.Reader.create(model)
  return holdsExternalTensor(reader, 'model', reader.len)
}

function holdsExternalTensor(reader: protobuf.Reader, message: Message, end: number): boolean {
  while (reader.pos < end) {
    const tag = reader.uint32()
    const field = tag >>> 3
    const wireType = tag & 7
    if (message === 'tensor' && field === externalDataField) return true
    if (message === 'tensor' && field === dataLocationField) {
      if (reader.int32() !== 0) return true
      continue
    }
    const child = children[message][field]
    if (child && wireType === lengthDelimited) {
      if (holdsExternalTensor(reader, child, reader.uint32() + reader.pos)) return true
    } else reader.skipType(wireType)
  }
  return false
}
