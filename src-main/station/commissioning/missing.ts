/** What is still needed; screens say it through `wizard.missing.<code>`. */
export interface Missing {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

export const missing = (code: string, params: Missing['params'] = {}): Missing => ({ code, params })
