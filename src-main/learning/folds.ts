/** Three folds leave out so many images that thresholds come out too high. */
export const foldCount = 8

export const foldOf = (image: number): number => image % foldCount
