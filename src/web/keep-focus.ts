/**
 * Whoever works by keyboard goes on where they were. A button that is pressed is disabled while its work is under way, and a form
 * often goes with what it changed; the browser then lets the focus fall to the top of the page. It is put back: onto the
 * same button when it can be pressed again, else onto what stood around it; after a dialog, onto what asked for it.
 */
export function keepFocus(): void {
  /** What was focused last, with all that stood around it then; and the same before the dialog that is open. */
  let held: Element[] = []
  let before: Element[] = []
  /** Whether it was taken from its person; who leaves a field by a key or a press wants to be elsewhere. */
  let taken = false
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return
    const chain = ancestors(target)
    if (isInDialog(chain) && !isInDialog(held)) before = held
    held = chain
    taken = false
  })
  document.addEventListener('pointerdown', () => {
    held = []
  })
  const look = () => {
    const [last] = held
    if (!last) return
    if (last.matches(':disabled') || !last.isConnected) taken = true
    if (!taken || document.activeElement !== document.body) return
    const chain = last.isConnected || !isInDialog(held) ? held : before
    const [first] = chain
    if (first?.isConnected) {
      if (!first.matches(':disabled')) focus(first)
      return
    }
    const around = chain.find((one) => one.isConnected && one.matches('li, article, section, form, main'))
    if (!(around instanceof HTMLElement)) return
    if (!around.hasAttribute('tabindex')) around.tabIndex = -1
    focus(around)
  }
  new MutationObserver(look).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled'],
  })
}

function focus(one: Element): void {
  if (one instanceof HTMLElement || one instanceof SVGElement) one.focus({ preventScroll: true })
}

function ancestors(of: Element): Element[] {
  const chain: Element[] = []
  for (let one: Element | null = of; one && one !== document.body; one = one.parentElement) chain.push(one)
  return chain
}

function isInDialog(chain: readonly Element[]): boolean {
  return chain.some((one) => one.tagName === 'DIALOG')
}
