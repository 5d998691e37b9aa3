import type { DefectClass } from '../../domain/recipe.ts'

/** What a person says about a class of defects; `aliases` are the names that detectors give it. */
export interface ClassRule extends Omit<DefectClass, 'labels'> {
  readonly aliases: readonly string[]
}

export type ClassLimits = Pick<DefectClass, 'severity' | 'minConfidence' | 'minAreaPx'>

/** Words in lower case and in order of the alphabet, so that `surface scratch`, `SCRATCH_SURFACE` and `scratchSurface` are one name. */
export const wordsOf = (name: string): string =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort()
    .join(' ')

/**
 * One class for each rule that a label answers to, then one of its own, with `otherwise`, for each label that no rule names: nothing that
 * a detector can find is left out silently. Labels are the numbers of `names`.
 */
export function sortClasses(names: readonly string[], rules: readonly ClassRule[], otherwise: ClassLimits): readonly DefectClass[] {
  const ruleOf = names.map((name) => rules.find((rule) => [rule.name, ...rule.aliases].some((alias) => wordsOf(alias) === wordsOf(name))))
  const ruled = rules.map(({ name, severity, minConfidence, minAreaPx }, i) => ({ name, severity, minConfidence, minAreaPx, labels: labelsWhere(ruleOf, (rule) => rule === rules[i]) }))
  const own = [...new Set(names.filter((_, label) => !ruleOf[label]).map(wordsOf))].map((words) => {
    const labels = labelsWhere(names, (name) => wordsOf(name) === words)
    return { name: names[labels[0]!]!, ...otherwise, labels }
  })
  return [...ruled.filter(({ labels }) => labels.length > 0), ...own]
}

const labelsWhere = <T>(values: readonly T[], isMeant: (value: T) => boolean): readonly number[] => values.flatMap((value, label) => (isMeant(value) ? [label] : []))
