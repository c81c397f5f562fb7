// npm start: whatever is missing is made, then the server runs in this very process, so that signals reach it.
import { ensureBuild, ensureDependencies, ensureNode } from './ensure.mjs'

ensureNode()
ensureDependencies()
ensureBuild()
await import('../bin/guildhall.mjs')
