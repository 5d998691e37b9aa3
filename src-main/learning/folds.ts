/** Three folds leave out so many images that thresholds come out too high. */
export const foldCount = 8

/**
 * The fold of each image, in turn. Pictures that show nearly the same (`findNearDuplicates`) are left out together: a model that has
 * seen one of them would find the other more normal than any new part.
 */
export function dealFolds(firstAlike: readonly number[]): readonly number[] {
  const groups = new Map([...new Set(firstAlike)].map((first, rank) => [first, rank]))
  return firstAlike.map((first) => groups.get(first)! % foldCount)
}
