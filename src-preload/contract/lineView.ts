import { z } from 'zod'
import { challengeResults, controlHolders, stopReasons } from '../../src-main/domain/station.ts'

/** What passes between the station and its line, beside the parts' own results. */
export const LineView = z.object({
  control: z.enum(controlHolders),
  /** Commands of the PLC that nothing followed from. */
  ignoredCommands: z.number().int(),
  /** How parts announce themselves; null where the recipe says nothing of its line: then the camera does. */
  trigger: z.enum(['camera', 'plc', 'software', 'input', 'interval']).nullable(),
  /** Since the program's start: triggers = passes + rejects + noDecisions. */
  counters: z.object({ triggers: z.number(), passes: z.number(), rejects: z.number(), noDecisions: z.number(), missed: z.number(), late: z.number(), overrun: z.number() }),
  /** Latched until an operator clears it. */
  stopRequest: z.object({ reason: z.enum(stopReasons), partId: z.string().nullable(), wallTime: z.string() }).nullable(),
  lastChallenge: z.object({ result: z.enum(challengeResults), partId: z.string(), wallTime: z.string() }).nullable(),
})
