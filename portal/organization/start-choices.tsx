import { SimpleGrid } from '@mantine/core'
import { IconBuildingPlus, IconTicket } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { pendingLinks } from '../pending-links'
import { AcceptForm } from './accept-form'
import classes from './start-choices.module.css'

/** The two ways into an organization. A link that carried a code opens the form for it. */
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
          label="Create organization"
        >
          Ask for a new organization. An operator of this site looks at it; you are its first admin.
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
        <Face id="choice-join" icon={<IconTicket size={30} stroke={1.4} aria-hidden />} label="Provide invitation code">
          Somebody gave you a code, a link or a picture of one. Enter it to join their organization.
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
