import { implement } from '@orpc/server'
import { contract } from '../../../src-preload/contract/contract.ts'
import type { IoPorts } from '../../../src-preload/contract/io.ts'
import { succeed } from '../../domain/result.ts'
import type { ClockPort } from '../../ports/clock.ts'
import type { CallContext } from '../application.ts'
import { streamViews } from '../viewStream.ts'
import type { IoControl } from './ioControl.ts'

/** The contract's I/O room. A screen is told from another by its connection. */
export function handleIo(io: IoControl, listPorts: () => Promise<IoPorts>, sleep: ClockPort['sleep']) {
  const os = implement(contract).$context<CallContext>().io
  return {
    watch: os.watch.handler(({ context, signal }) => io.watch(context.session, (views) => streamViews(views, signal, sleep))),
    traffic: os.traffic.handler(async ({ input, signal }) => succeed([...(await io.traffic.after(input.after, signal))])),
    arm: os.arm.handler(({ context }) => io.arm(context.session)),
    disarm: os.disarm.handler(() => io.disarm()),
    switch: os.switch.handler(({ input, context }) => io.switchCoil(context.session, input.coil, input.isOn)),
    runLoops: os.runLoops.handler(({ context }) => io.runLoops(context.session)),
    testLink: os.testLink.handler(({ context }) => io.testLink(context.session)),
    confirmPlugged: os.confirmPlugged.handler(() => io.confirmPlugged()),
    budget: os.budget.handler(async ({ input }) => {
      const { changes, ...budget } = await io.budget(input.belt, input.reject, input.encoder)
      return succeed({ ...budget, changes: [...changes] })
    }),
    ports: os.ports.handler(async () => succeed(await listPorts())),
  }
}
