import { implement } from '@orpc/server'
import { contract } from '../../../src-preload/contract/contract.ts'
import { actorOf, type CallContext } from '../application.ts'
import type { ModelRoom } from './modelRoom.ts'

const os = implement(contract).$context<CallContext>().models

/** The contract's models. */
export const handleModels = (models: ModelRoom) => ({
  view: os.view.handler(() => models.view()),
  probe: os.probe.handler(() => models.probe()),
  setInference: os.setInference.handler(({ input, context }) => models.setInference(input, actorOf(context.session))),
})
