export type LogFields = Readonly<Record<string, unknown>>

/** For engineers, in English. Never throws, never blocks. */
export interface LogPort {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}
