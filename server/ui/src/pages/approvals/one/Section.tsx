import { Group, Stack, Text, Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'

interface Props {
  title: string
  /** Beside the title, in small. */
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A part of the page under a heading of its own. */
export function Section({ title, note, actions, children }: Props) {
  const id = useId()
  return (
    <Stack component="section" gap="xs" aria-labelledby={id} miw={0}>
      <Group justify="space-between" gap="xs" mih={30}>
        <Group gap="sm" align="baseline">
          <Title order={2} id={id}>
            {title}
          </Title>
          {note && (
            <Text span size="sm" c="dimmed">
              {note}
            </Text>
          )}
        </Group>
        {actions}
      </Group>
      {children}
    </Stack>
  )
}
