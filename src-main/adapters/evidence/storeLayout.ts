import { join } from 'node:path'

/** Where things lie in a data directory. Paths that are stored in records are relative to it, with forward slashes. */
export const storeLayout = (directory: string) => ({
  directory,
  database: join(directory, 'evidence.sqlite'),
  writeAheadLog: join(directory, 'evidence.sqlite-wal'),
  lock: join(directory, 'writer.lock'),
  lockHolder: join(directory, 'writer.pid'),
  ballast: join(directory, 'ballast'),
  images: join(directory, 'images'),
  recipe: join(directory, 'recipes'),
  model: join(directory, 'models'),
  baseline: join(directory, 'baseline'),
  patches: join(directory, 'patches'),
  report: join(directory, 'reports'),
  documents: join(directory, 'documents'),
  quarantine: join(directory, 'quarantine'),
})

export type StoreLayout = ReturnType<typeof storeLayout>
