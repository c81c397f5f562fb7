import { SimpleGrid } from '@mantine/core'
import { IconBuildingPlus, IconTicket } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { pendingLinks } from '../pending-links'
import { AcceptForm } from './accept-form'
import classes from './start-choices.module.css'

/** Create an organization or join one. An invitation link opens the form with its code. */
export function StartChoices() {
  const [code, setCode] = useState(() => pendingLinks.code.get())
  const [cancelled, setCancelled] = useState(false)
  const provide = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (cancelled) provide.current?.focus()
  }, [cancelled])
  if (code !== null) {
    return (
      <AcceptForm
        initialCode={code}
        onCancel={() => {
          pendingLinks.code.drop()
          setCode(null)
          setCancelled(true)
        }}
      />
    )
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
      <Link
        to="/organization/create"
        className={classes.choice}
        aria-labelledby="choice-create"
        aria-describedby="choice-create-what"
      >
        <Face
          id="choice-create"
          icon={<IconBuildingPlus size={30} stroke={1.4} aria-hidden />}
          label={t('Create organization')}
        >
          {t('Request a new organization. An operator will review it, and you become its first admin.')}
        </Face>
      </Link>
      <button
        ref={provide}
        type="button"
        className={classes.choice}
        aria-labelledby="choice-join"
        aria-describedby="choice-join-what"
        onClick={() => {
          setCode('')
          setCancelled(false)
        }}
      >
        <Face
          id="choice-join"
          icon={<IconTicket size={30} stroke={1.4} aria-hidden />}
          label={t('Provide invitation code')}
        >
          {t('Use the code, link or QR code you were given to join an organization.')}
        </Face>
      </button>
    </SimpleGrid>
  )
}

function Face(props: { id: string; icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <>
      <span className={classes.icon}>{props.icon}</span>
      <span id={props.id} className={classes.label}>
        {props.label}
      </span>
      <span id={`${props.id}-what`} className={classes.what}>
        {props.children}
      </span>
    </>
  )
}
