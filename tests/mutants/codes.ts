// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import type { Mutants } from './mutant'

const pasted = 'src/platform/input/pasted.ts'
const pastedTests = 'src/platform/input/pasted.test.ts'
const invitations = 'src/membership/invitations/store.ts'
const mailing = 'src/membership/invitations/mailing.story.test.ts'

export const codesMutants: Mutants = {
  'a link that a mail gateway rewrote is read as a path': {
    edits: [[pasted, '/%([2-7][0-9a-f])/gi', '/%([3-7][0-9a-f])/gi']],
    test: [pastedTests, 'a link with # as %23'],
  },
  'parameters that a gateway added are part of the secret': {
    edits: [
      [pasted, 'const secret = whole[page].exec(inOneLine)?.[0]', 'const secret = text'],
      [pasted, 'raw`(?:[\\w.-]|', 'raw`(?:[\\w.?=&-]|'],
    ],
    test: [pastedTests, 'out of a link with parameters behind'],
  },
  'a link that was encoded twice is no link of ours': {
    edits: [[pasted, '/%(?:25)+(?=[0-9a-f]{2})/gi', '/%(?:25)(?=x)/gi']],
    test: [pastedTests, 'out of a link encoded twice'],
  },
  'a full stop behind a link belongs to its token': {
    edits: [[pasted, String.raw`.replace(/[^\w-]+$/, '')`, '']],
    test: [pastedTests, 'a one-time token is read with a full stop behind'],
  },
  'digits of other scripts are no digits': {
    edits: [[pasted, String.raw`.replace(/(?![0-9])\p{Nd}/gu, asciiDigit)`, '']],
    test: [pastedTests, 'a code of a second factor is read with Arabic-Indic digits'],
  },
  'what is not seen stays in a code': {
    edits: [[pasted, "    .replace(shownAsNothing, '')\n", '']],
    test: [pastedTests, 'an invitation code is read with zero-width characters'],
  },
  'a code too short is called a typo': {
    edits: [
      ['src/platform/invitation-codes/code.ts', "count === 0 ? 'code_not_valid'", "count === 0 ? 'code_mistyped'"],
    ],
    test: [pastedTests, '“typo” is said only of what is as long as a code'],
  },
  'a recovery code has to be typed with its dash': {
    edits: [['src/identity/authentication/recovery-codes.ts', '? asKept(typed) : undefined', '? typed : undefined']],
    test: [
      'src/identity/second-factors/routes.test.ts',
      'a recovery code works once in its place, however it is typed',
    ],
  },
  'the refusal of a recovery code speaks of the app': {
    edits: [
      ['src/identity/second-factors/routes.ts', "recoveryCode ? 'wrong_recovery_code' : 'wrong_code'", "'wrong_code'"],
    ],
    test: ['src/identity/second-factors/routes.test.ts', 'either code is taken, whatever a program says that it is'],
  },
  'second-factor codes are counted after they are looked at': {
    edits: [['src/identity/second-factors/routes.ts', 'account: challenged.accountId }', 'account: undefined }']],
    test: ['tests/races/limits.race.test.ts', '24 wrong codes of a second factor at once'],
  },
  'where to go after signing in is judged by how it is written': {
    edits: [
      [
        'portal/safe-next.ts',
        'return read.origin === origin ? read.pathname + read.search + read.hash : undefined',
        String.raw`return /^\/(?![/\\])[^\\]*$/.test(next) ? next : undefined`,
      ],
    ],
    test: ['portal/safe-next.test.ts', 'leads nowhere'],
  },
  'the secret of a mailed invitation confirms any address': {
    edits: [
      ['src/platform/invitation-codes/pending.ts', ' and i.mailed_to = ${email} and ${isPending}', ' and ${isPending}'],
    ],
    test: [mailing, 'confirms no other address, and is not used up by it'],
  },
  'the secret of a mailed invitation outlives it': {
    edits: [
      [
        'src/platform/invitation-codes/pending.ts',
        ' and i.mailed_to = ${email} and ${isPending}',
        ' and i.mailed_to = ${email}',
      ],
      ['src/membership/me/store.ts', 'i.mail_proof = ${proofHash} and ${isPending}', 'i.mail_proof = ${proofHash}'],
    ],
    test: [mailing, 'confirms nothing once the invitation is revoked'],
  },
  'the secret of a mailed invitation works again and again': {
    edits: [
      [
        'src/platform/invitation-codes/pending.ts',
        'set mailed_to = null, mail_proof = null',
        'set mailed_to = i.mailed_to',
      ],
    ],
    test: [mailing, 'confirms the address of an account that has it already, once'],
  },
  'the code of an invitation that was mailed confirms the address': {
    edits: [
      [
        'src/platform/invitation-codes/secrecy.ts',
        '`${baseUrl}/join#${code}`',
        '`${baseUrl}/join#${code}.${code}AAAA`',
      ],
      [
        'src/platform/invitation-codes/secrecy.ts',
        'mailedSecret = (code: string, proof: string): string => `${code}.${proof}`',
        'mailedSecret = (code: string, _: string): string => `${code}.${code}AAAA`',
      ],
      [
        'src/membership/invitations/routes.ts',
        'return { address, proofHash, secret',
        'return { address, proofHash: hashProof(`${code}AAAA`), secret',
      ],
      ['src/membership/invitations/routes.ts', '  hashesOf,\n  linkOf,', '  hashesOf,\n  hashProof,\n  linkOf,'],
      [
        'src/membership/invitations/routes.ts',
        '  const { proof, proofHash } = newMailProof()',
        '  const { proof } = newMailProof()',
      ],
    ],
    test: [mailing, 'is in that mail alone'],
  },
  'deleting an account keeps the address that an invitation was mailed to': {
    edits: [
      ['src/membership/me/store.ts', ' or mailed_to = ${actor.email})', ')'],
      [
        'src/membership/me/store.ts',
        'mailed_to = nullif(mailed_to, ${actor.email}), mail_proof = case when mailed_to <> ${actor.email} then mail_proof end',
        'mailed_to = mailed_to',
      ],
    ],
    test: ['src/membership/me/routes.test.ts', 'leaves nothing of the person, and the history true'],
  },
  'a member gets the error that their own invitation was used': {
    edits: [
      [
        'src/membership/invitations/rules.ts',
        "  if (actor.organizationId === invitation.organizationId) throw new Problem('member_already')\n",
        '',
      ],
    ],
    test: [
      'src/membership/invitations/routes.test.ts',
      'a member who opens an invitation of the same organization again',
    ],
  },
  'an invitation is mailed to a member': {
    edits: [
      [
        'src/membership/invitations/rules.ts',
        "  if (isMember) throw new Problem('invitee_is_a_member'",
        "  if (isMember && false) throw new Problem('invitee_is_a_member'",
      ],
    ],
    test: [mailing, 'is not created, and nothing is mailed'],
  },
  'any admin learns whether an address has an account elsewhere': {
    edits: [
      [invitations, 'where m.organization_id = ${organizationId} and m.ended_at is null and a.email', 'where a.email'],
      [
        invitations,
        'join memberships m on m.organization_id = actor."organizationId" join accounts',
        'join memberships m on true join accounts',
      ],
    ],
    test: [mailing, 'is not created, and nothing is mailed'],
  },
  'a person who registered does not see that the invitation is kept': {
    edits: [['portal/sign-in/register/check-your-mail.tsx', 'pendingLinks.code.get()\n', 'null\n']],
    test: ['e2e/links.spec.ts', 'confirmed on another device'],
  },
  'links that Proofpoint rewrote are not read': {
    edits: [['src/platform/input/pasted.ts', '/v2\\/url', '/v9\\/url']],
    test: ['src/platform/input/pasted.test.ts', 'out of a link inside Proofpoint'],
  },
  'a link that was broken over lines loses its end': {
    edits: [['src/platform/input/pasted.ts', 'whole[page].exec(joined)?.[0] ??', '']],
    test: ['src/platform/input/pasted.test.ts', 'out of a link with a soft line break in it'],
  },
  'a mailed link that was broken in its proof carries the code alone': {
    edits: [[pasted, "if (broken) return broken.replace(/\\n/g, '')", '']],
    test: [pastedTests, 'with the proof of a mailed link, wherever'],
  },
  'a token that was broken over lines keeps their signs': {
    edits: [[pasted, "replace(/=?\\n[>\\n]*/g, '')", "replace(/\\n/g, '')"]],
    test: [pastedTests, 'a one-time token is read with '],
  },
  'words behind a code are taken for its proof': {
    edits: [[pasted, '(?=_?(?![\\w-]))', '']],
    test: [pastedTests, 'without a proof out of'],
  },
  'a proof that was pasted without its link is lost where it is broken': {
    edits: [[pasted, "const proof = behind.replace(lineBreaks, '')", 'const proof = behind']],
    test: [pastedTests, 'with the proof of a mailed link, wherever'],
  },
  'letters that look like those of a code are none': {
    edits: [['src/platform/invitation-codes/code.ts', 'pasted.replace(otherLetters, inLatin)', 'pasted']],
    test: [pastedTests, 'an invitation code is read out of'],
  },
  'what web pages write for a dash is a part of the code': {
    edits: [[pasted, '    .replace(entity, ofEntity)\n', '']],
    test: [pastedTests, 'an invitation code is read out of'],
  },
  'a dash that a browser escaped ends the code': {
    edits: [[pasted, '.replace(beyondAscii, inAscii)', '']],
    test: [pastedTests, 'out of a link that was opened'],
  },
  'a code in one piece is not found among words': {
    edits: [['src/platform/invitation-codes/code.ts', '(?:(?:${lineBreak})?${group}){6}|', '']],
    test: ['src/platform/input/pasted.test.ts', 'out of “code '],
  },
  'a code in a quoted reply is cut at the line': {
    edits: [[pasted, '=?[^\\S\\n]*\\n[>\\s]*', '=?\\s*']],
    test: [pastedTests, 'an invitation code is read out of “> Your code'],
  },
  'a word beside a code is taken for a part of it': {
    edits: [['src/platform/invitation-codes/code.ts', 'one.likelihood > best!.likelihood', 'false']],
    test: [pastedTests, 'a word of four letters beside a code is no part of it'],
  },
  'a cut link is called used': {
    edits: [['portal/sign-in/links/reset-password-page.tsx', " || !isCompleteSecret('reset', token)", '']],
    test: ['e2e/links.spec.ts', 'a reset or confirmation link that was cut says so'],
  },
  'a link to another page is no link': {
    edits: [['portal/sign-in/links/incomplete-link.tsx', 'link.page !== props.page', 'false']],
    test: ['e2e/links.spec.ts', 'is named for what it is, and leads there'],
  },
}
