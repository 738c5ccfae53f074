import './no-eval.ts'
import '@fontsource-variable/commissioner/wght.css'
import '@fontsource-variable/source-serif-4/opsz.css'
import '@fontsource-variable/source-serif-4/opsz-italic.css'
import '@fontsource/ibm-plex-mono/400.css'
import '@fontsource/ibm-plex-mono/500.css'
import './styles/tokens.css'
import './styles/frame.css'
import './styles/parts.css'
import './styles/matter.css'
import './styles/timeline.css'
import './styles/search.css'
import './styles/records.css'
import './styles/levels.css'
import './styles/reading-room.css'
import './styles/accounts.css'
import './styles/consent.css'
import './styles/protection.css'
import './styles/narrow.css'
import './styles/print.css'
import { createRoot } from 'react-dom/client'
import { takeKeyFromAddress } from './api.ts'
import { App } from './app.tsx'
import { keepFocus } from './keep-focus.ts'
import { Speaks } from './language.tsx'
import { keepPlaces } from './router.ts'
import { applyTheme } from './theme.ts'

takeKeyFromAddress()
applyTheme()
keepPlaces()
keepFocus()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <Speaks>
      <App />
    </Speaks>,
  )
}
