// A server as `guildhall serve` runs it, but with other times of the ledger, which are no setting: those in LEDGER_PACE.
import { runServer } from '../src/cli/serve'
import { readConfig } from '../src/platform/config'
import { catchAtLast } from '../src/platform/http/last-resort'

catchAtLast()
void runServer(readConfig(process.env), false, JSON.parse(process.env.LEDGER_PACE!))
