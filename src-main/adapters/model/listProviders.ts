import { listSupportedBackends } from 'onnxruntime-node'

/** The execution providers this build of onnxruntime brings along, for `doctor`. */
export const listProviders = (): readonly string[] => listSupportedBackends().filter(({ bundled }) => bundled).map(({ name }) => name)
