import type { Mutants } from './mutant'

const answers = 'src/connections/kinds/s3/answers.ts'
const gateway = 'src/connections/kinds/s3/gateway.ts'
const tests = 'src/connections/kinds/s3/gateway.test.ts'

export const gatewayMutants: Mutants = {
  'a page with 404 says that a user is gone': {
    edits: [[answers, "status === 404 && code === 'NoSuchUser'", 'status === 404']],
    test: [tests, 'not by a page with 200 or 404'],
  },
  'any page with 200 says that a key is removed': {
    edits: [[gateway, "const nothing = z.literal('')", 'const nothing = z.unknown()']],
    test: [tests, 'not by a page with 200 or 404'],
  },
  'a gateway that does not know our keys says that a key is gone': {
    edits: [[gateway, "user.failure === 'not_found' ? succeeded(undefined) : user", 'succeeded(undefined)']],
    test: [tests, 'our own keys that the gateway no longer knows'],
  },
  'the answer about another user is taken for this one': {
    edits: [[gateway, 'refine((user) => user.uid === uid)', 'refine(() => true)']],
    test: [tests, 'another user is unexpected_answer'],
  },
  'an answer of a gateway may be endless': {
    edits: [[answers, 'truncated ? undefined : parsed(text)', 'parsed(text)']],
    test: [tests, 'too long to be read whole is none'],
  },
  'a suspension counts whatever the gateway answers': {
    edits: [[gateway, 'refine((user) => user.suspended === suspended)', 'refine(() => true)']],
    test: [tests, 'only if the answer says so'],
  },
}
