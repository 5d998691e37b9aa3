import { readFileSync, statSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fault } from '../domain/fault.ts'
import { fail, succeed, type Result } from '../domain/result.ts'

const packageName = 'onnxruntime-node'
const bindingName = 'onnxruntime_binding.node'
const ownRequire = createRequire(import.meta.url)

/** Before anybody needs it: whether something lies there that can stand in for onnxruntime-node. Faults: model/unavailable. */
export function requireBinding(path: string): Result<void> {
  try {
    if (isNative(path) ? statSync(path).isFile() : packageAt(path).name === packageName) return succeed(undefined)
    return fail(fault('model/unavailable', `${path} is no ${packageName} package and no ${bindingName}`))
  } catch (error) {
    return fail(fault('model/unavailable', `the onnxruntime binding ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`))
  }
}

/** What records say of the onnxruntime in use. */
export const onnxruntimeVersion = (bindingPath: string | undefined): string => {
  if (bindingPath === undefined) return ownPackage().version
  return `${(isNative(bindingPath) ? ownPackage() : packageAt(bindingPath)).version} (${bindingPath})`
}

/**
 * From here on, this process gets its onnxruntime from `bindingPath`. For a helper process only, and before it imports onnxruntime-node.
 * A package that was built from source finds onnxruntime-common here when it brings none of its own. Throws what loading it throws.
 */
export function useBinding(bindingPath: string): void {
  const native = isNative(bindingPath) ? pathToFileURL(resolve(bindingPath)).href : undefined
  const main = native ? undefined : ownRequire.resolve(resolve(bindingPath))
  let facade: string | undefined
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (facade && specifier === packageName) return { url: facade, shortCircuit: true }
      if (native && specifier.endsWith(`/${bindingName}`)) return { url: native, shortCircuit: true }
      try {
        return nextResolve(specifier, context)
      } catch (error) {
        if (specifier !== 'onnxruntime-common') throw error
        return { url: pathToFileURL(createRequire(ownRequire.resolve(packageName)).resolve(specifier)).href, shortCircuit: true }
      }
    },
  })
  if (main) facade = facadeOf(main)
}

/** Node reads a CommonJS module's names from its text, without these hooks, and would not see those that come from onnxruntime-common. */
function facadeOf(main: string): string {
  const names = Object.keys(ownRequire(main) as object).filter((name) => name !== 'default')
  const path = JSON.stringify(main)
  const source = `import { createRequire } from 'node:module'; export const { ${names.join(', ')} } = createRequire(${path})(${path})`
  return `data:text/javascript,${encodeURIComponent(source)}`
}

const isNative = (path: string): boolean => path.endsWith('.node')

const packageAt = (directory: string): { name: string; version: string } =>
  JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { name: string; version: string }

const ownPackage = (): { version: string } => JSON.parse(readFileSync(ownRequire.resolve(`${packageName}/package.json`), 'utf8')) as { version: string }
