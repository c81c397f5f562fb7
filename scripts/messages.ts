// npm run messages: collects every message of the product in messages/en.json, the source for translators.
import { writeFileSync } from 'node:fs'
import { collectMessages, writtenMessages } from '../tests/support/messages'

writeFileSync('messages/en.json', writtenMessages(collectMessages()))
