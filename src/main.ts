import { mustBeCommand } from './cli/commands'
import { exitCodeFor, sentenceFor } from './cli/error-messages'
import { createProgram } from './cli/program'
import { catchAtLast } from './platform/http/last-resort'
import { setProcessLocale } from './platform/messages/request-locale'

async function run(): Promise<void> {
  setProcessLocale(process.env)
  try {
    const program = createProgram()
    mustBeCommand(program, process.argv.slice(2))
    await program.parseAsync()
  } catch (error) {
    console.error(sentenceFor(error, process.env) ?? error)
    process.exitCode = exitCodeFor(error, process.env)
  }
}

// A reader such as `head` closes the pipe when it has read enough. That is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

catchAtLast()
void run()
