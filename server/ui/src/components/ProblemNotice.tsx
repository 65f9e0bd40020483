import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '~/api'
import { CopyText } from './CopyText'

interface Props {
  problem: ApiProblem
  /** Shows a button that tries again. */
  onRetry?: () => void
}

/** Says what failed, what to do next, and the number by which the log knows it. */
export function ProblemNotice({ problem, onRetry }: Props) {
  const { t } = useTranslation()
  const away = problem.kind === 'away'
  const text = away ? t('problem.awayHelp') : problem.kind === 'fault' ? t('problem.faultHelp') : problem.message
  return (
    <Alert
      role="alert"
      color={away ? 'yellow' : 'red'}
      icon={away ? <IconCloudOff aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={t(`problem.${problem.kind}`)}
    >
      <Stack gap="xs">
        <Text size="sm">{text}</Text>
        {problem.kind === 'fault' && problem.message !== '' && <Text size="sm">{problem.message}</Text>}
        {problem.fields.length > 0 && (
          <ul style={{ margin: 0, paddingLeft: '1.2rem' }}>
            {problem.fields.map(({ field, message }) => (
              <li key={field + message}>
                <Text size="sm" span>
                  <b>{field}</b> {message}
                </Text>
              </li>
            ))}
          </ul>
        )}
        <Group gap="sm">
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t('problem.retry')}
            </Button>
          )}
          {problem.requestId && <CopyText text={problem.requestId} label={t('problem.request', { id: problem.requestId })} />}
        </Group>
      </Stack>
    </Alert>
  )
}
