import type { Application } from '../service/application.ts'

/** What nobody caught ends the program, because the rest of it cannot be trusted; `onBug` has made the outputs safe before that. */
export function endOnBug(application: Application, end: () => void): void {
  const report = (error: unknown): void => {
    application.onBug(error)
    end()
  }
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
}
