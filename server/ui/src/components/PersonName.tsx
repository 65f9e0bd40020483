import { Avatar, Group, Text } from '@mantine/core'
import { IconRobot } from '@tabler/icons-react'

interface Props {
  /** A user name, or what acted instead of a person, such as `schedule:nightly`. */
  name: string
  /** Shown instead of the user name. */
  displayName?: string
}

/** Who did something. */
export function PersonName({ name, displayName }: Props) {
  const machine = name.includes(':') || name === 'system'
  return (
    <Group gap={6} wrap="nowrap" display="inline-flex" style={{ verticalAlign: 'middle', minWidth: 0 }}>
      {machine ? (
        <Avatar size={20} color="gray" aria-hidden>
          <IconRobot size={13} />
        </Avatar>
      ) : (
        <Avatar size={20} variant="filled" color="petrol" aria-hidden styles={{ placeholder: { fontSize: 10 } }}>
          {initials(displayName ?? name)}
        </Avatar>
      )}
      <Text span size="sm" truncate>
        {displayName ?? name}
      </Text>
    </Group>
  )
}

function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('')
}
