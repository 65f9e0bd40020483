import { Stack, Text, Title } from '@mantine/core'
import { IconInbox, type Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

interface Props {
  title: string
  /** What to do about it, or why that is fine. */
  text?: string
  icon?: Icon
  children?: ReactNode
}

/** Stands where a list has nothing to show. */
export function EmptyState({ title, text, icon: Icon = IconInbox, children }: Props) {
  return (
    <Stack align="center" gap={6} py="xl" px="md" ta="center">
      <span className={classes.icon}>
        <Icon size={26} stroke={1.6} aria-hidden />
      </span>
      <Title order={3}>{title}</Title>
      {text && (
        <Text c="dimmed" size="sm" maw={440}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  )
}
