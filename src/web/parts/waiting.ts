import { useEffect, useRef, useState } from 'react'

/** Which fields still wait for what was asked of them, and what is to be done once none does. */
export function useWaiting() {
  const [now, setNow] = useState<ReadonlySet<string>>(new Set())
  const then = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (now.size > 0 || then.current === null) return
    const act = then.current
    then.current = null
    act()
  }, [now])
  return {
    now,
    tell: (field: string, waits: boolean) =>
      setNow((before) => {
        if (before.has(field) === waits) return before
        const after = new Set(before)
        if (waits) after.add(field)
        else after.delete(field)
        return after
      }),
    /** True where something waits: `act` then follows by itself. */
    until(act: () => void): boolean {
      if (now.size === 0) return false
      then.current = act
      return true
    },
  }
}
