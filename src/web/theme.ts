export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const REMEMBERED = 'rapporteur-theme'

export function chosenTheme(): Theme {
  const remembered = window.localStorage.getItem(REMEMBERED)
  return THEMES.find((theme) => theme === remembered) ?? 'system'
}

/** Put the theme on the page; "system" follows the machine, also when it changes at dusk. */
export function applyTheme(theme = chosenTheme()): void {
  window.localStorage.setItem(REMEMBERED, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
