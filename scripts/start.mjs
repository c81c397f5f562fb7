// npm start: installs and builds what is missing, then runs the server in this process, so that signals reach it.
import { ensureBuild, ensureDependencies, ensureNode } from './ensure.mjs'

ensureNode()
ensureDependencies()
ensureBuild()
await import('../bin/guildhall.mjs')
