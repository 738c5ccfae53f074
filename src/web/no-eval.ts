import { config } from 'zod'

// Shapes are checked without code made at run time, which the content policy would refuse: trying it would be reported by
// the browser at every start.
config({ jitless: true })
