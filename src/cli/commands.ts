import type { Command } from 'commander'
import { t } from '../platform/messages/t'
import { CommandError } from './command-error'

/** Reports an unknown command as such. Otherwise it would count as an excess argument of the default command. */
export function mustBeCommand(program: Command, words: string[]): void {
  let command = program
  for (const word of words) {
    if (word.startsWith('-') || command.commands.length === 0 || word === 'help') return
    const next = command.commands.find((one) => one.name() === word)
    if (!next)
      throw new CommandError(t('Unknown command “{command}”. The commands are:', { command: word }) + listOf(command))
    command = next
  }
}

function listOf(command: Command): string {
  const path = command.parent ? `${command.parent.name()} ${command.name()}` : command.name()
  const width = Math.max(...command.commands.map((one) => one.name().length))
  const lines = command.commands.map((one) => `  ${one.name().padEnd(width)}  ${one.description()}`)
  return `\n\n${lines.join('\n')}\n\n${t('Run “{command} --help” for details.', { command: path })}`
}
