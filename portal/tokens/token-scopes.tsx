import { Text } from '@mantine/core'
import { scopeLines } from './scopes'

export const TokenScopes = (props: { scopes: readonly string[] }) =>
  scopeLines(props.scopes).map((line) => (
    <Text key={line} size="sm">
      {line}
    </Text>
  ))
