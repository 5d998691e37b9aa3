import { capSubject } from './capSubject.ts'
import { plateSubject } from './plateSubject.ts'
import type { Subject } from './surface.ts'
import { weaveSubject } from './weaveSubject.ts'
import type { World } from './worldFile.ts'

export function subjectOf({ subject }: World): Subject {
  switch (subject.kind) {
    case 'plate': return plateSubject(subject)
    case 'cap': return capSubject(subject)
    case 'weave': return weaveSubject(subject)
  }
}
