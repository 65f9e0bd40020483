import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigationType } from 'react-router'
import classes from './Page.module.css'

interface Props {
  title: string
  /** Beside the title, such as a state. */
  badge?: ReactNode
  /** A line below the title. */
  lead?: ReactNode
  /** Where the page belongs to. */
  back?: { to: string; label: string }
  actions?: ReactNode
  children: ReactNode
}

/** A page's frame: names the tab, and takes the focus after navigation so that screen readers start here. */
export function Page({ title, badge, lead, back, actions, children }: Props) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  const { pathname } = useLocation()
  const arrivedBy = useNavigationType()

  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])

  const opened = useRef<string>(undefined)
  useEffect(() => {
    // The very first page is announced by the browser itself.
    if (opened.current !== pathname && arrivedBy !== 'POP') {
      heading.current?.focus({ preventScroll: true })
    }
    opened.current = pathname
  }, [pathname, arrivedBy])

  return (
    <Stack gap="lg" className={classes.page}>
      <header>
        {back && (
          <Anchor component={Link} to={back.to} className={classes.back}>
            <IconArrowLeft size={15} aria-hidden /> {back.label}
          </Anchor>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <div className={classes.headline}>
            <Group gap="sm" align="center">
              <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
                {title}
              </Title>
              {badge}
            </Group>
            {lead && (
              <Text component="div" c="dimmed" size="sm" mt={2}>
                {lead}
              </Text>
            )}
          </div>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
      </header>
      {children}
    </Stack>
  )
}
