import protobuf from 'protobufjs'

/**
 * The part of onnx.proto (IR version 8, https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto) that a sealed model needs, with
 * the official field numbers. Sparse tensors, subgraphs, functions and external data are left out on purpose.
 */
const { root } = protobuf.parse(
  `
  syntax = "proto2";
  package onnx;

  message ModelProto {
    optional int64 ir_version = 1;
    optional string producer_name = 2;
    optional string producer_version = 3;
    optional GraphProto graph = 7;
    repeated OperatorSetIdProto opset_import = 8;
    repeated StringStringEntryProto metadata_props = 14;
  }
  message OperatorSetIdProto { optional string domain = 1; optional int64 version = 2; }
  message StringStringEntryProto { optional string key = 1; optional string value = 2; }
  message GraphProto {
    repeated NodeProto node = 1;
    optional string name = 2;
    repeated TensorProto initializer = 5;
    repeated ValueInfoProto input = 11;
    repeated ValueInfoProto output = 12;
    repeated ValueInfoProto value_info = 13;
  }
  message NodeProto {
    repeated string input = 1;
    repeated string output = 2;
    optional string name = 3;
    optional string op_type = 4;
    repeated AttributeProto attribute = 5;
  }
  message AttributeProto {
    optional string name = 1;
    optional float f = 2;
    optional int64 i = 3;
    optional bytes s = 4;
    repeated int64 ints = 8;
    optional AttributeType type = 20;
  }
  enum AttributeType { UNDEFINED = 0; FLOAT = 1; INT = 2; STRING = 3; INTS = 7; }
  message TensorProto {
    repeated int64 dims = 1;
    optional int32 data_type = 2;
    optional string name = 8;
    optional bytes raw_data = 9;
  }
  message ValueInfoProto { optional string name = 1; optional TypeProto type = 2; }
  message TypeProto {
    message Tensor { optional int32 elem_type = 1; optional TensorShapeProto shape = 2; }
    optional Tensor tensor_type = 1;
  }
  message TensorShapeProto {
    message Dimension { optional int64 dim_value = 1; }
    repeated Dimension dim = 1;
  }`,
  { keepCase: true },
)

export interface OnnxModel {
  readonly ir_version: number
  readonly producer_name: string
  readonly graph: OnnxGraph
  readonly opset_import: readonly { readonly domain: string; readonly version: number }[]
  readonly metadata_props: readonly { readonly key: string; readonly value: string }[]
}

export interface OnnxGraph {
  readonly name: string
  readonly node: readonly OnnxNode[]
  readonly initializer: readonly OnnxTensor[]
  readonly input: readonly OnnxValueInfo[]
  readonly output: readonly OnnxValueInfo[]
  readonly value_info: readonly OnnxValueInfo[]
}

export interface OnnxNode {
  readonly op_type: string
  readonly name: string
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly attribute: readonly OnnxAttribute[]
}

export type OnnxAttribute =
  | { readonly name: string; readonly type: 1; readonly f: number }
  | { readonly name: string; readonly type: 2; readonly i: number }
  | { readonly name: string; readonly type: 3; readonly s: Uint8Array }
  | { readonly name: string; readonly type: 7; readonly ints: readonly number[] }

export interface OnnxTensor {
  readonly name: string
  readonly data_type: number
  readonly dims: readonly number[]
  readonly raw_data: Uint8Array
}

export interface OnnxValueInfo {
  readonly name: string
  readonly type: { readonly tensor_type: { readonly elem_type: number; readonly shape: { readonly dim: readonly { readonly dim_value: number }[] } } }
}

const modelType = root.lookupType('onnx.ModelProto')

/** Fields in ascending order of their numbers, so the same model gives the same bytes. */
export const encodeModel = (model: OnnxModel): Uint8Array => modelType.encode(modelType.fromObject(model)).finish()
