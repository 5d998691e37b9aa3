import { Command, CommanderError } from 'commander'
import { addAdvise } from './hosts/commands/advise.ts'
import { addBench } from './hosts/commands/bench.ts'
import { addDemo } from './hosts/commands/demo.ts'
import { addDoctor } from './hosts/commands/doctor.ts'
import { addEnrol } from './hosts/commands/enrol.ts'
import { addEvaluate } from './hosts/commands/evaluate.ts'
import { addImportAnomalib } from './hosts/commands/importAnomalib.ts'
import { addImportBackbone } from './hosts/commands/importBackbone.ts'
import { addImportDetector } from './hosts/commands/importDetector.ts'
import { addIo } from './hosts/commands/io.ts'
import { addReplay } from './hosts/commands/replay.ts'
import { addJudgeLine } from './hosts/commands/judgeLine.ts'
import { addParity } from './hosts/commands/parity.ts'
import { addRun } from './hosts/commands/run.ts'
import { addSimPlc } from './hosts/commands/simPlc.ts'
import { CommandError, exitCodes, say } from './hosts/commands/output.ts'
import { describeSoftware } from './hosts/describeSoftware.ts'

/** One file each in hosts/commands, in the order that `--help` lists them. */
const commands = [addEnrol, addImportBackbone, addImportAnomalib, addImportDetector, addEvaluate, addRun, addParity, addIo, addReplay, addAdvise, addDemo, addSimPlc, addJudgeLine, addDoctor, addBench]

const program = new Command('stationmaster')
  .description('Commissions one visual-inspection station on a production line, and runs it.')
  .version(describeSoftware().version)
  .exitOverride()
for (const add of commands) add(program)

// `stationmaster … | head` closes the pipe early: nobody is left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(exitCodes.ok) })

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeFor(error)
}

function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (error instanceof CommandError) say(`stationmaster: ${error.message}`)
  else say(`stationmaster: this is a bug: ${error instanceof Error ? error.stack : String(error)}`)
  return error instanceof CommandError ? error.exitCode : exitCodes.error
}
