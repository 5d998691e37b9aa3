/** NAMUR NE 107, from best to worst. `waiting` has not been asked yet. */
export const healthStatuses = ['ok', 'waiting', 'maintenance', 'outOfSpecification', 'functionCheck', 'failure'] as const
export type HealthStatus = (typeof healthStatuses)[number]

export interface Health {
  readonly status: HealthStatus
  /** For the engineer, in English. */
  readonly detail: string
}

export const devices = ['camera', 'plc', 'model', 'disk'] as const
export type Device = (typeof devices)[number]

export type StationHealth = Readonly<Record<Device, Health>>
