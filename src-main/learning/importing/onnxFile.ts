import protobuf from 'protobufjs'

/**
 * The whole of onnx.proto (IR version 13, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) with the official field numbers, so
 * that a file that somebody else wrote comes out of reading and writing with nothing lost. Comments (`doc_string`) are dropped.
 */
const { root } = protobuf.parse(
  `
  syntax = "proto2";
  package onnx;

  message ModelProto {
    optional int64 ir_version = 1; optional string producer_name = 2; optional string producer_version = 3; optional string domain = 4;
    optional int64 model_version = 5; optional GraphProto graph = 7; repeated OperatorSetIdProto opset_import = 8;
    repeated StringStringEntryProto metadata_props = 14; repeated FunctionProto functions = 25;
  }
  message OperatorSetIdProto { optional string domain = 1; optional int64 version = 2; }
  message StringStringEntryProto { optional string key = 1; optional string value = 2; }
  message FunctionProto {
    optional string name = 1; repeated string input = 4; repeated string output = 5; repeated string attribute = 6; repeated NodeProto node = 7;
    repeated OperatorSetIdProto opset_import = 9; optional string domain = 10; repeated AttributeProto attribute_proto = 11;
    repeated ValueInfoProto value_info = 12; optional string overload = 13;
  }
  message GraphProto {
    repeated NodeProto node = 1; optional string name = 2; repeated TensorProto initializer = 5; repeated ValueInfoProto input = 11;
    repeated ValueInfoProto output = 12; repeated ValueInfoProto value_info = 13; repeated SparseTensorProto sparse_initializer = 15;
  }
  message NodeProto {
    repeated string input = 1; repeated string output = 2; optional string name = 3; optional string op_type = 4;
    repeated AttributeProto attribute = 5; optional string domain = 7; optional string overload = 8;
  }
  message AttributeProto {
    optional string name = 1; optional float f = 2; optional int64 i = 3; optional bytes s = 4; optional TensorProto t = 5; optional GraphProto g = 6;
    repeated float floats = 7; repeated int64 ints = 8; repeated bytes strings = 9; repeated TensorProto tensors = 10; repeated GraphProto graphs = 11;
    optional TypeProto tp = 14; repeated TypeProto type_protos = 15; optional int32 type = 20; optional string ref_attr_name = 21;
    optional SparseTensorProto sparse_tensor = 22; repeated SparseTensorProto sparse_tensors = 23;
  }
  message TensorProto {
    repeated int64 dims = 1; optional int32 data_type = 2; optional Segment segment = 3; repeated float float_data = 4 [packed = true];
    repeated int32 int32_data = 5 [packed = true]; repeated bytes string_data = 6; repeated int64 int64_data = 7 [packed = true]; optional string name = 8;
    optional bytes raw_data = 9; repeated double double_data = 10 [packed = true]; repeated uint64 uint64_data = 11 [packed = true];
    repeated StringStringEntryProto external_data = 13; optional int32 data_location = 14;
    message Segment { optional int64 begin = 1; optional int64 end = 2; }
  }
  message SparseTensorProto { optional TensorProto values = 1; optional TensorProto indices = 2; repeated int64 dims = 3; }
  message ValueInfoProto { optional string name = 1; optional TypeProto type = 2; }
  message TensorShapeProto {
    message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; optional string denotation = 3; }
    repeated Dimension dim = 1;
  }
  message TypeProto {
    message Tensor { optional int32 elem_type = 1; optional TensorShapeProto shape = 2; }
    message Sequence { optional TypeProto elem_type = 1; }
    message Map { optional int32 key_type = 1; optional TypeProto value_type = 2; }
    message Optional { optional TypeProto elem_type = 1; }
    optional Tensor tensor_type = 1; optional Sequence sequence_type = 4; optional Map map_type = 5; optional string denotation = 6;
    optional Tensor sparse_tensor_type = 8; optional Optional optional_type = 9;
  }`,
  { keepCase: true },
)

/** 64-bit numbers are kept exactly as they were read; `Number()` gives those that are known to be small. */
type Int64 = number | { toNumber(): number }

export interface OnnxFile {
  ir_version: Int64
  graph: ForeignGraph
  opset_import: { domain?: string; version: Int64 }[]
  metadata_props: { key: string; value: string }[]
  functions: { domain?: string; name: string }[]
}

export interface ForeignGraph {
  node: ForeignNode[]
  initializer: { name: string }[]
  sparse_initializer: { values: { name: string } }[]
  input: ForeignValue[]
  output: ForeignValue[]
  value_info: ForeignValue[]
}

export interface ForeignNode {
  input: string[]
  output: string[]
  name?: string
  op_type: string
  domain?: string
  attribute: ForeignAttribute[]
}

export interface ForeignAttribute {
  name: string
  i?: Int64
  ints?: Int64[]
  g?: ForeignGraph
  graphs?: ForeignGraph[]
}

export interface ForeignValue {
  name: string
  type?: { tensor_type?: { elem_type?: number; shape?: { dim: { dim_value?: Int64; dim_param?: string }[] } } | null }
}

const modelType = root.lookupType('onnx.ModelProto')

/** Throws on bytes that are no ONNX model. Weights are views into `bytes`. */
export function decodeFile(bytes: Uint8Array): OnnxFile {
  const message = modelType.decode(bytes) as unknown as OnnxFile
  if (!message.graph || message.opset_import.length === 0) throw new Error('there is no graph in it')
  return message
}

/** Fields in ascending order of their numbers, so the same model gives the same bytes. */
export const encodeFile = (file: OnnxFile): Uint8Array => modelType.encode(file).finish()
