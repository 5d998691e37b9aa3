import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** SwiftShader, a Vulkan driver without a graphics processor, as Debian's chromium brings it along; libvulkan1 finds it by this variable. */
const driver = '/usr/lib/chromium/vk_swiftshader_icd.json'
const loader = ['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/libvulkan.so.1`)

/** Mesa's llvmpipe of Debian 12 lacks shaderSampledImageArrayDynamicIndexing, which Dawn asks for: it is no substitute. */
export const hasSoftwareVulkan = process.arch === 'x64' && existsSync(driver) && loader.some((file) => existsSync(file))
if (!hasSoftwareVulkan) console.warn('SKIPPED: webgpu on software Vulkan; it takes the packages chromium and libvulkan1 on x64')

/** For processes forked from here on. */
export function plugSoftwareVulkan(): void {
  process.env['XDG_RUNTIME_DIR'] ??= mkdtempSync(join(tmpdir(), 'xdg-'))
  process.env['VK_ICD_FILENAMES'] = driver
}

/** As if the graphics card had fallen out: processes forked from here on find no Vulkan device. */
export function unplugSoftwareVulkan(): void {
  process.env['VK_ICD_FILENAMES'] = '/dev/null'
}
